package io.riffhook.local.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a caller does with jobs besides waiting for them. */
class OwnerCallsIT {
  private static final String SONG = "{\"prompt\": \"a happy rock song\", \"formats\": [\"mp3\"]}";
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
  void shouldNameEveryBadFieldAtOnce() throws Exception {
    HttpResponse<String> answer =
        rig.post(
            "/v1/jobs",
            """
            {"prompt": " ", "instrumental": "yes", "formats": ["mp3", "ogg"], "tempo": 120,
             "reference": "a\\nb"}
            """);

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(Rig.json(answer).path("errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder(
            "/prompt", "/instrumental", "/formats/1", "/tempo", "/reference");
  }

  @Test
  void shouldSayWhoCanDoWhatAProviderCannot() throws Exception {
    HttpResponse<String> answer =
        rig.post("/v1/jobs", "{\"prompt\": \"x\", \"model\": \"FUZZ-9\"}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(Rig.json(answer).path("errors").get(0).path("detail").asText())
        .isEqualTo("useapi has only FUZZ-0.8; no configured provider can");
  }

  @Test
  void shouldGiveTheSameJobForTheSameIdempotencyKey() throws Exception {
    String key = UUID.randomUUID().toString();

    HttpResponse<String> first = rig.post("/v1/jobs", SONG, "Idempotency-Key", key);
    HttpResponse<String> second = rig.post("/v1/jobs", SONG, "Idempotency-Key", key);
    HttpResponse<String> other =
        rig.post("/v1/jobs", "{\"prompt\": \"another\"}", "Idempotency-Key", key);

    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(second.statusCode()).isEqualTo(202);
    assertThat(Rig.json(second).path("id")).isEqualTo(Rig.json(first).path("id"));
    assertThat(first.headers().firstValue("location"))
        .contains("/v1/jobs/" + Rig.json(first).path("id").asText());
    assertThat(other.statusCode()).isEqualTo(422);
    rig.awaitStatus(Rig.json(first).path("id").asText(), "READY");
  }

  @Test
  void shouldListJobsAndSongsNewestFirstPageByPage() throws Exception {
    List<String> submitted = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      submitted.addFirst(rig.submit(SONG));
    }
    for (String id : submitted) {
      rig.awaitStatus(id, "READY");
    }

    JsonNode first = Rig.json(rig.get("/v1/jobs?limit=2&status=READY&provider=useapi"));
    JsonNode second =
        Rig.json(
            rig.get(
                "/v1/jobs?limit=2&status=READY&provider=useapi&cursor="
                    + first.path("next").asText()));
    JsonNode songs = Rig.json(rig.get("/v1/songs?limit=3"));

    assertThat(first.path("jobs").findValuesAsText("createdAt")).isNotEmpty();
    assertThat(ids(first)).containsExactlyElementsOf(submitted.subList(0, 2));
    assertThat(ids(second)).startsWith(submitted.get(2));
    assertThat(songs.path("songs")).hasSize(3);
    assertThat(rig.get("/v1/jobs?cursor=nonsense").statusCode()).isEqualTo(400);
    assertThat(rig.get("/v1/jobs?limit=0").statusCode()).isEqualTo(400);
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.path("jobs").forEach(job -> ids.add(job.path("id").asText()));
    return ids;
  }

  @Test
  void shouldCancelAJob() throws Exception {
    rig.simulate(Rig.quick().generation(g -> g.withDuration(Duration.ofSeconds(20))));
    String id = rig.submit(SONG);

    HttpResponse<String> cancelled = rig.post("/v1/jobs/" + id + "/cancel", "");
    HttpResponse<String> again = rig.post("/v1/jobs/" + id + "/cancel", "");

    assertThat(cancelled.statusCode()).isEqualTo(200);
    assertThat(Rig.json(cancelled).path("status").asText()).isEqualTo("CANCELLED");
    assertThat(again.statusCode()).isEqualTo(409);
  }

  @Test
  void shouldRunAFailedJobAgainUnderItsOwnId() throws Exception {
    rig.simulate(Rig.quick().faults(f -> f.withUnauthorized(true)));
    String id = rig.submit(SONG);
    rig.awaitStatus(id, "FAILED");
    rig.simulate(Rig.quick());

    HttpResponse<String> again = rig.post("/v1/jobs/" + id + "/retry", "");

    assertThat(again.statusCode()).isEqualTo(202);
    JsonNode job = rig.awaitStatus(id, "READY");
    assertThat(job.path("attempt").asInt()).isEqualTo(2);
    assertThat(rig.post("/v1/jobs/" + id + "/retry", "").statusCode()).isEqualTo(409);
  }

  @Test
  void shouldAnswerForWhatIsNotThere() throws Exception {
    assertThat(rig.get("/v1/jobs/none").statusCode()).isEqualTo(404);
    assertThat(rig.get("/v1/songs/none-1").statusCode()).isEqualTo(404);
    assertThat(rig.get("/v1/songs/none-1/assets/song.mp3").statusCode()).isEqualTo(404);
    assertThat(rig.get("/v1/songs/none-1/assets/stems/..%2Fsecret").statusCode()).isIn(400, 404);
  }

  @Test
  void shouldComposeFromLyricsAndSounds() throws Exception {
    String id =
        rig.submit(
            """
            {"operation": "compose", "title": "Pier", "lyrics": "[Verse]\\nDown by the pier",
             "lyricsStrength": 0.5, "formats": ["mp3"],
             "sounds": [{"prompt": "lo-fi", "strength": 1, "end": 0.5}, {"prompt": "rock", "start": 0.5}]}
            """);

    JsonNode job = rig.awaitStatus(id, "READY");

    assertThat(job.path("operation").asText()).isEqualTo("compose");
    assertThat(job.path("songs").get(0).path("title").asText()).isEqualTo("Pier");
  }

  @Test
  void shouldTellItsHealthAndItsProviders() throws Exception {
    HttpResponse<String> health = rig.get("/v1/health");
    JsonNode provider = Rig.json(rig.get("/v1/providers")).path("providers").get(0);

    assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
    assertThat(provider.path("name").asText()).isEqualTo("useapi");
    assertThat(provider.path("configured").asBoolean()).isTrue();
  }

  @Test
  void shouldTakeAJobFromTheSubmissionQueue() throws Exception {
    String id = "queue-" + UUID.randomUUID();
    rig.send(
        "RIFFHOOK_SUBMISSION_QUEUE",
        "{\"owner\": \"local\", \"id\": \"%s\", \"prompt\": \"a job by queue\", \"formats\": [\"mp3\"]}"
            .formatted(id));

    JsonNode job = rig.awaitStatus(id, "READY");

    assertThat(job.path("songs").get(0).path("id").asText()).isEqualTo(id + "-1");
  }
}
