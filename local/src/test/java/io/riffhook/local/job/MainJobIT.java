package io.riffhook.local.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffhook.simulator.http.RecordedRequest;
import io.riffhook.simulator.settings.CreateShape;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One prompt in, verified songs in S3. */
class MainJobIT {
  private static Rig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = Rig.start();
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @BeforeEach
  void calm() {
    rig.simulate(Rig.quick());
  }

  @Test
  void shouldStoreEveryAssetOfASong() throws Exception {
    String id =
        rig.submit(
            """
            {"prompt": "jazzy k-pop song about a distant lover", "formats": ["mp3", "wav", "m4a", "stems"],
             "reference": "order-1234"}
            """);

    JsonNode job = rig.awaitStatus(id, "READY");

    assertThat(job.path("progress").asInt()).isEqualTo(100);
    assertThat(job.path("reference").asText()).isEqualTo("order-1234");
    assertThat(job.path("songs")).hasSize(1);
    JsonNode song = job.path("songs").get(0);
    assertThat(song.path("assets").findValuesAsText("name"))
        .contains(
            "song.mp3",
            "song.wav",
            "song.m4a",
            "cover.jpg",
            "lyrics.txt",
            "timings.json",
            "song.json",
            "stems/drums.wav",
            "stems/vocals.wav",
            "stems/bass.wav");
    for (JsonNode asset : song.path("assets")) {
      assertThat(asset.path("status").asText()).as(asset.toString()).isEqualTo("stored");
      byte[] bytes =
          rig.bytes(
              "/v1/songs/" + song.path("id").asText() + "/assets/" + asset.path("name").asText());
      assertThat(bytes).hasSize(asset.path("bytes").asInt());
      assertThat(sha256(bytes)).isEqualTo(asset.path("sha256").asText());
    }
    JsonNode document =
        new JsonMapper()
            .readTree(rig.bytes("/v1/songs/" + song.path("id").asText() + "/assets/song.json"));
    assertThat(document.path("title").asText()).isEqualTo(song.path("title").asText());
    assertThat(document.path("assets")).hasSize(song.path("assets").size() - 1);
  }

  @Test
  void shouldAskTheProviderOncePerSongAndOnlyAfterItsFinalCallback() throws Exception {
    rig.simulate(Rig.quick().create(c -> c.withShape(CreateShape.JOBS)));
    int before = rig.asked("GET", "/music").size();

    String id = rig.submit("{\"prompt\": \"two fast techno songs\"}");
    JsonNode job = rig.awaitStatus(id, "READY");

    assertThat(job.path("songs")).hasSize(2);
    List<RecordedRequest> reads = rig.asked("GET", "/music");
    assertThat(reads.size() - before).isEqualTo(2);
  }

  static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
