package io.riffhook.local.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in S3 is music: other programs read it, and the stems add up to the song. */
class StoredMediaIT {
  private static final Map<String, byte[]> FILES = new LinkedHashMap<>();
  private static double durationSeconds;
  private static Rig rig;

  @BeforeAll
  static void storeASong() throws Exception {
    rig = Rig.start();
    String id =
        rig.submit(
            "{\"prompt\": \"sad slow folk ballad\", \"formats\": [\"mp3\", \"wav\", \"m4a\","
                + " \"stems\"]}");
    JsonNode song = rig.awaitStatus(id, "READY").path("songs").get(0);
    durationSeconds = song.path("durationSeconds").asDouble();
    for (JsonNode asset : song.path("assets")) {
      String name = asset.path("name").asText();
      FILES.put(name, rig.bytes("/v1/songs/" + song.path("id").asText() + "/assets/" + name));
    }
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @Test
  void shouldHaveStemsThatSumToTheMix() throws Exception {
    double[] mix = samples("song.wav");
    double[] sum = new double[mix.length];
    for (String name : FILES.keySet()) {
      if (name.startsWith("stems/")) {
        double[] stem = samples(name);
        assertThat(stem).as(name).hasSameSizeAs(mix);
        Arrays.setAll(sum, i -> sum[i] + stem[i]);
      }
    }

    assertThat(Arrays.stream(mix).map(Math::abs).max().orElse(0)).isGreaterThan(1000);
    assertThat(correlation(mix, sum)).isGreaterThan(0.99);
  }

  @Test
  void shouldBeReadByAMediaTool(@TempDir Path folder) throws Exception {
    assumeTrue(isOnPath("ffprobe"), "ffprobe is not installed");
    for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
      String name = file.getKey();
      if (name.endsWith(".json") || name.endsWith(".txt")) {
        continue;
      }
      Path path = Files.write(folder.resolve(name.replace('/', '-')), file.getValue());

      String told = ffprobe(path);

      if (name.endsWith(".jpg")) {
        assertThat(told).as(name).contains("codec_name=mjpeg");
      } else {
        assertThat(told).as(name).contains("codec_type=audio");
        double seconds = Double.parseDouble(told.replaceAll("(?s).*\\nduration=([0-9.]+).*", "$1"));
        assertThat(Math.abs(seconds - durationSeconds)).as(name + " " + seconds).isLessThan(0.5);
      }
    }
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String ffprobe(Path file) throws Exception {
    Process process =
        new ProcessBuilder(
                "ffprobe",
                "-v",
                "error",
                "-show_entries",
                "stream=codec_name,codec_type:format=duration",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(told).isZero();
    return told;
  }

  private static double[] samples(String name) throws Exception {
    byte[] wav = Optional.ofNullable(FILES.get(name)).orElseThrow();
    try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav))) {
      assertThat(in.getFormat().getSampleSizeInBits()).isEqualTo(16);
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      double[] samples = new double[bytes.remaining() / 2];
      Arrays.setAll(samples, _ -> bytes.getShort());
      return samples;
    }
  }

  private static double correlation(double[] one, double[] other) {
    double product = 0;
    double ones = 0;
    double others = 0;
    for (int i = 0; i < one.length; i++) {
      product += one[i] * other[i];
      ones += one[i] * one[i];
      others += other[i] * other[i];
    }
    return product / Math.sqrt(ones * others);
  }
}
