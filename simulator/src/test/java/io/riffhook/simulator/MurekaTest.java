package io.riffhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MurekaTest extends SimulatorContract {

  @Override
  String mount() {
    return "/v1/mureka";
  }

  @Test
  void shouldCallBackForCreatedAndForTheEnd() throws Exception {
    change(settings -> settings.callbacks(callbacks -> callbacks.withProgressPosts(1)));
    HttpResponse<byte[]> answer = caller.post("/music/create", withReply(",\"async\":true"));
    assertThat(answer.statusCode()).isEqualTo(201);
    JsonNode begun = Caller.json(answer);
    assertThat(begun.path("status").asText()).isEqualTo("created");

    JsonNode created = receiver.next();
    JsonNode completed = receiver.next();
    assertThat(created.path("status").asText()).isEqualTo("created");
    assertThat(created.has("response")).isFalse();
    assertThat(completed.path("status").asText()).isEqualTo("completed");
    assertThat(completed.at("/request/replyRef").asText()).isEqualTo("order-42");
    JsonNode read = Caller.json(caller.get("/jobs/" + begun.path("jobid").asText()));
    assertThat(read.at("/response/songs")).hasSize(2);
    JsonNode song = read.at("/response/songs/0");
    assertThat(song.path("song_id").asText()).matches("\\d+");
    assertThat(type(song, "mp3_url")).isEqualTo("audio/mpeg");
    assertThat(type(song, "cover")).isEqualTo("image/jpeg");
    assertThat(song.path("duration_milliseconds").asInt()).isGreaterThan(3_000);
  }

  @Test
  void shouldBlockUnlessToldOtherwise() throws Exception {
    JsonNode done = Caller.json(caller.post("/music/create", PROMPT));
    assertThat(done.path("state").asInt()).isEqualTo(3);
    assertThat(done.path("songs")).hasSize(2);
  }

  @Test
  void shouldGiveStemsInAnArchive() throws Exception {
    JsonNode answer =
        Caller.json(
            caller.post("/music/download", "{\"song_id\":\"" + song() + "\",\"type\":\"stem\"}"));
    HttpResponse<byte[]> zip = caller.fetch(answer.path("oss_key").asText());
    List<String> names = new ArrayList<>();
    try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip.body()))) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        names.add(entry.getName());
        assertThat(entries.readAllBytes()).isNotEmpty();
      }
    }
    assertThat(names).hasSize(5).contains("stems/drums.wav", "LICENSE.txt");
    assertThat(caller.post("/music/download", "{\"song_id\":\"1\",\"type\":\"stem\"}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void shouldMakeMoreOfASong() throws Exception {
    String song = song();
    for (String call :
        List.of(
            "/music/extend|{\"song_id\":\"%s\",\"lyrics\":\"la\"}",
            "/music/regenerate|{\"song_id\":\"%s\",\"start_milliseconds\":1000}")) {
      String[] parts = call.split("\\|", 2);
      HttpResponse<byte[]> answer = caller.post(parts[0], parts[1].formatted(song));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(Caller.json(answer).path("songs")).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create | {}",
        "create | {\"prompt\":\"x\",\"model\":\"V1\"}",
        "create | {\"prompt\":\"x\",\"lyrics\":\"y\"}",
        "create-advanced | {\"desc\":\"x\"}",
        "create-advanced | {\"lyrics\":\"x\",\"title\":\"a title that is longer than the fifty that"
            + " are allowed\"}",
        "create-instrumental | {\"title\":\"x\"}",
        "extend | {\"song_id\":\"1\",\"lyrics\":\"x\"}",
        "regenerate | {\"song_id\":\"1\",\"start_milliseconds\":0}"
      })
  void shouldRefuseBadRequests(String call, String body) throws Exception {
    assertThat(caller.post("/music/" + call, body).statusCode()).isEqualTo(400);
  }

  @Test
  void shouldTellOfFailuresAndTroubles() throws Exception {
    String id =
        Caller.json(caller.post("/music/create", "{\"prompt\":\"failsong\",\"async\":true}"))
            .path("jobid")
            .asText();
    JsonNode failed = Caller.json(caller.get("/jobs/" + id));
    assertThat(failed.path("status").asText()).isEqualTo("failed");
    assertThat(failed.path("error").asText()).isEqualTo("Generation failed");
    assertThat(caller.get("/jobs/nobody").statusCode()).isEqualTo(404);

    change(settings -> settings.account(account -> account.withCredits(0)));
    assertThat(caller.post("/music/create", PROMPT).statusCode()).isEqualTo(412);
    change(settings -> settings.faults(faults -> faults.withAccountError(true)));
    HttpResponse<byte[]> trouble = caller.post("/music/create", PROMPT);
    assertThat(trouble.statusCode()).isEqualTo(596);
    assertThat(Caller.json(trouble).path("code").asText()).isEqualTo("SESSION_EXPIRED");
  }

  @Test
  void shouldDoTenJobsAtOnce() throws Exception {
    keepProcessing();
    for (int i = 0; i < 10; i++) {
      assertThat(caller.post("/music/create", "{\"prompt\":\"x\",\"async\":true}").statusCode())
          .isEqualTo(201);
    }
    assertThat(caller.post("/music/create", "{\"prompt\":\"x\",\"async\":true}").statusCode())
        .isEqualTo(429);
  }

  private String song() throws Exception {
    return Caller.json(caller.post("/music/create", PROMPT)).at("/songs/0/song_id").asText();
  }

  private String type(JsonNode song, String field) throws Exception {
    return caller.fetch(song.path(field).asText()).headers().firstValue("content-type").orElse("");
  }
}
