package io.riffhook.simulator.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {
  private static final String PROMPT = "jazzy k-pop song about a distant lover";

  @Test
  void shouldMakeTheSameBytesOfTheSameBrief() {
    Recording one = recording(PROMPT, 0);
    Recording two = recording(PROMPT, 0);

    assertThat(one.mp3()).isEqualTo(two.mp3());
    assertThat(one.m4a()).isEqualTo(two.m4a());
    assertThat(one.cover()).isEqualTo(two.cover());
  }

  @Test
  void shouldMakeVariationsDiffer() {
    assertThat(recording(PROMPT, 0).mp3()).isNotEqualTo(recording(PROMPT, 1).mp3());
    assertThat(recording(PROMPT, 0).cover()).isNotEqualTo(recording(PROMPT, 1).cover());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PROMPT,
        "sad slow folk ballad",
        "fast techno",
        "ambient piano",
        "punk rock",
        "lo-fi",
        "rap"
      })
  void shouldMixStemsExactlyLoudAndUnclipped(String prompt) {
    Recording recording = recording(prompt, 0);
    Pcm mix = recording.mix();
    List<Pcm> stems = Stream.of(Stem.values()).map(recording::stem).toList();

    int peak = 0;
    long sum = 0;
    int wrong = 0;
    for (int frame = 0; frame < mix.frames(); frame++) {
      for (int channel = 0; channel < 2; channel++) {
        int expected = 0;
        for (Pcm stem : stems) {
          expected += stem.sample(frame, channel);
        }
        wrong += mix.sample(frame, channel) == expected ? 0 : 1;
        peak = Math.max(peak, Math.abs(expected));
        sum += expected;
      }
    }
    assertThat(wrong).isZero();
    // -3 to -1 dB of full scale, and no direct current.
    assertThat(peak).isBetween(23_198, 29_205);
    assertThat(sum / (double) (mix.frames() * 2)).isBetween(-20.0, 20.0);
    assertThat(Math.abs(mix.sample(0, 0))).isLessThan((short) 500);
    assertThat(mix.sample(mix.frames() - 1, 0)).isBetween((short) -20, (short) 20);
  }

  @Test
  void shouldKeepVocalsOfAnInstrumentalSilent() {
    Recording recording = Recording.of(Composer.compose(new SongBrief("rain", "", "", true, 0, 5)));

    assertThat(peak(recording.stem(Stem.VOCALS))).isZero();
    assertThat(peak(recording.stem(Stem.OTHER))).isGreaterThan(1000);
    assertThat(recording.song().lyrics()).isEqualTo("[Instrumental]");
    assertThat(recording.song().words()).isEmpty();
  }

  @Test
  void shouldEncodeAnUnbrokenChainOfMp3Frames() {
    byte[] mp3 = recording(PROMPT, 0).mp3();

    assertThat(frames(mp3)).hasSizeGreaterThan(100);
  }

  @Test
  void shouldWrapTheMp3InBoxes() {
    ByteBuffer m4a = ByteBuffer.wrap(recording(PROMPT, 0).m4a());
    List<String> boxes = new ArrayList<>();
    while (m4a.hasRemaining()) {
      int size = m4a.getInt();
      byte[] type = new byte[4];
      m4a.get(type);
      boxes.add(new String(type, java.nio.charset.StandardCharsets.US_ASCII));
      m4a.position(m4a.position() + size - 8);
    }

    assertThat(boxes).contains("ftyp", "moov", "mdat");
  }

  @Test
  void shouldWriteAWavThatJavaReads() throws Exception {
    Recording recording = recording(PROMPT, 0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WavFile.of(recording.mix()).writeTo(out);

    AudioInputStream wav =
        AudioSystem.getAudioInputStream(new ByteArrayInputStream(out.toByteArray()));

    assertThat(wav.getFrameLength()).isEqualTo(recording.mix().frames());
    assertThat(wav.getFormat().getSampleRate()).isEqualTo(44_100);
    assertThat(wav.getFormat().getChannels()).isEqualTo(2);
  }

  @Test
  void shouldPaintASquareCover() throws IOException {
    var image = ImageIO.read(new ByteArrayInputStream(recording(PROMPT, 0).cover()));

    assertThat(image.getWidth()).isEqualTo(768);
    assertThat(image.getHeight()).isEqualTo(768);
  }

  @Test
  void shouldShareARecordingAndForgetTheEldest() {
    Recordings recordings = new Recordings(1);
    SongBrief first = SongBrief.of("one", 0, 5);
    Recording shared = recordings.of(first);

    assertThat(recordings.of(first)).isSameAs(shared);
    recordings.of(SongBrief.of("two", 0, 5));
    recordings.of(SongBrief.of("three", 0, 5));
    assertThat(recordings.of(first)).isNotSameAs(shared);
  }

  private static List<Integer> frames(byte[] mp3) {
    List<Integer> starts = new ArrayList<>();
    int at = 0;
    while (at + 4 <= mp3.length) {
      // MPEG-1 layer III, 160 kbit/s (index 10) at 44.1 kHz: 144 * 160000 / 44100 bytes, and one of
      // padding now and then.
      assertThat(mp3[at] & 0xFF).isEqualTo(0xFF);
      assertThat(mp3[at + 1] & 0xFE).isEqualTo(0xFA);
      assertThat(mp3[at + 2] & 0xFC).isEqualTo(0xA0);
      starts.add(at);
      at += 522 + (mp3[at + 2] >> 1 & 1);
    }
    assertThat(at).isEqualTo(mp3.length);
    return starts;
  }

  private static int peak(Pcm pcm) {
    int peak = 0;
    for (int frame = 0; frame < pcm.frames(); frame++) {
      peak = Math.max(peak, Math.abs(pcm.sample(frame, 0)));
    }
    return peak;
  }

  private static Recording recording(String prompt, int variation) {
    return Recording.of(Composer.compose(SongBrief.of(prompt, variation, 5)));
  }
}
