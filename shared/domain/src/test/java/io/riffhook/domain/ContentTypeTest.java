package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContentTypeTest {

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource({
    "49443304000000000000,                         MP3, tag",
    "fffb9064000000000000,                         MP3, MPEG 1 layer III",
    "fff34064000000000000,                         MP3, MPEG 2 layer III without CRC",
    "ffe34064000000000000,                         MP3, MPEG 2.5",
    "524946462400000057415645666d7420,             WAV, RIFF",
    "52463634ffffffff57415645,                     WAV, longer than 4 GiB",
    "00000018667479704d344120,                     M4A, brand M4A",
    "0000001c6674797069736f6d,                     M4A, brand isom",
    "664c614300000022,                             FLAC, ",
    "4f67675300020000,                             OGG, ",
    "ffd8ffe000104a46,                             JPEG, JFIF",
    "ffd8ffe1,                                     JPEG, Exif",
    "89504e470d0a1a0a,                             PNG, ",
    "52494646240000005745425056503820,             WEBP, ",
    "474946383961,                                 GIF, "
  })
  void shouldTellByTheFirstBytes(String hex, ContentType type) {
    assertThat(ContentType.detect(HexFormat.of().parseHex(hex))).contains(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<!DOCTYPE html>",
        "{\"error\":\"Unauthorized\"}",
        "RIFF0000AVI ",
        "RIF",
        "PNG\r\n",
        "ftyp",
        "ID",
        "BM",
        "%PDF-1.7",
        "PK\3\4"
      })
  void shouldNotTakeOtherContentForMusicOrPictures(String text) {
    assertThat(ContentType.detect(text.getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "fffa,     too short",
    "fff15080, AAC in ADTS: layer bits are 0",
    "fffd9064, layer II",
    "ffef9064, reserved version",
    "fffbf064, reserved bit rate",
    "fffb9c64, reserved sampling rate",
    "ffd8ff,   JPEG cut short"
  })
  void shouldKnowAnMp3FrameFromItsLookalikes(String hex, String why) {
    assertThat(ContentType.detect(HexFormat.of().parseHex(hex)))
        .as(why)
        .isNotEqualTo(Optional.of(ContentType.MP3));
  }

  @Test
  void shouldNeedNoMoreThanTheHead() {
    // Whatever comes after the head changes nothing, and less than it throws nothing.
    byte[] wav = "RIFF\0\0\0\0WAVEfmt \20\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(ContentType.detect(Arrays.copyOf(wav, ContentType.HEAD))).contains(ContentType.WAV);
    assertThat(IntStream.range(0, 12).mapToObj(n -> ContentType.detect(Arrays.copyOf(wav, n))))
        .allMatch(Optional::isEmpty);
  }

  @ParameterizedTest
  @CsvSource({
    "song.mp3,        AUDIO, MP3",
    "song.wav,        AUDIO, WAV",
    "song.m4a,        AUDIO, M4A",
    "song.opus,       AUDIO, AUDIO",
    "stems/drums.wav, STEM,  AUDIO",
    "cover.jpg,       COVER, IMAGE"
  })
  void shouldBeWhatTheAssetPromises(String name, Asset.Kind kind, ContentType.Expected expected) {
    assertThat(ContentType.Expected.of(Asset.pending(name, kind))).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(
      value = Asset.Kind.class,
      names = {"LYRICS", "TIMINGS", "METADATA"})
  void shouldNotBeAskedOfOurOwnDocuments(Asset.Kind kind) {
    assertThatThrownBy(() -> ContentType.Expected.of(Asset.pending("lyrics.txt", kind)))
        .hasMessage("lyrics.txt is not fetched");
  }

  @ParameterizedTest
  @CsvSource({
    "MP3,   MP3",
    "WAV,   WAV",
    "M4A,   M4A",
    "AUDIO, MP3 WAV M4A FLAC OGG",
    "IMAGE, JPEG PNG WEBP GIF"
  })
  void shouldAcceptWhatWillDo(ContentType.Expected expected, String types) {
    assertThat(Arrays.stream(ContentType.values()).filter(expected::accepts))
        .containsExactlyInAnyOrder(
            Arrays.stream(types.split(" ")).map(ContentType::valueOf).toArray(ContentType[]::new));
  }
}
