package io.riffhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.simulator.settings.CreateShape;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateTest extends SimulatorContract {

  @Test
  void shouldAnswerWithJobAndUserAsDocumented() throws Exception {
    JsonNode answer = Caller.json(caller.post("/music/create-prompt", PROMPT));

    assertThat(answer.get("user_id").asText()).isEqualTo(USER);
    assertThat(song(answer.get("job_id").asText()).get("status").asText()).isEqualTo("completed");
  }

  @Test
  void shouldAnswerWithTwoJobsAsObserved() throws Exception {
    change(settings -> settings.create(create -> create.withShape(CreateShape.JOBS)));

    JsonNode jobs = Caller.json(caller.post("/music/create-prompt", PROMPT)).get("jobs");

    assertThat(jobs).hasSize(2);
    assertThat(jobs.get(0).get("id")).isNotEqualTo(jobs.get(1).get("id"));
    assertThat(song(jobs.get(1).get("id").asText()).get("lyrics_timestamped"))
        .isNotEqualTo(song(jobs.get(0).get("id").asText()).get("lyrics_timestamped"));
  }

  @Test
  void shouldFindSongOfAnotherIdByItsJob() throws Exception {
    change(settings -> settings.create(create -> create.withSeparateSongIds(true)));

    String job = caller.create("rain");

    assertThat(song(job).get("id").asText()).isNotEqualTo(job);
    assertThat(song(song(job).get("id").asText())).isEqualTo(song(job));
  }

  @Test
  void shouldTakeForms() throws Exception {
    String form =
        """
        --x
        Content-Disposition: form-data; name="prompt"

        rain
        --x
        Content-Disposition: form-data; name="instrumental"

        true
        --x--
        """
            .replace("\n", "\r\n");

    JsonNode answer =
        Caller.json(caller.post("/music/create-prompt", "multipart/form-data; boundary=x", form));

    assertThat(song(answer.get("job_id").asText()).get("lyrics").asText())
        .isEqualTo("[Instrumental]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "[]",
        "{}",
        "{\"prompt\":\"\"}",
        "{\"prompt\":5}",
        "{\"prompt\":\"a\",\"instrumental\":\"maybe\"}",
        "{\"prompt\":\"a\",\"model\":\"FUZZ-9\"}",
        "{\"prompt\":\"a\",\"maxJobs\":0}",
        "{\"prompt\":\"a\",\"maxJobs\":11}",
        "{\"prompt\":\"a\",\"maxJobs\":1.5}",
        "{\"prompt\":\"a\",\"replyUrl\":\"nowhere\"}",
        "{\"prompt\":\"a\",\"user_id\":\"unknown\"}"
      })
  void shouldRefuseBadPrompt(String body) throws Exception {
    assertBad(caller.post("/music/create-prompt", body));
  }

  @Test
  void shouldRefuseTooLongReplyUrlAndReplyRef() throws Exception {
    String tooLong = "x".repeat(1025);

    assertBad(
        caller.post("/music/create-prompt", "{\"prompt\":\"a\",\"replyRef\":\"" + tooLong + "\"}"));
    assertBad(
        caller.post(
            "/music/create-prompt",
            "{\"prompt\":\"a\",\"replyUrl\":\"http://h/" + tooLong + "\"}"));
  }

  @ParameterizedTest
  @CsvSource({
    "lyrics_strength, 101",
    "lyrics_weirdness, -1",
    "prompt_1_strength, 19",
    "prompt_2_strength, 101",
    "prompt_3_start, 101",
    "prompt_1_end, -1"
  })
  void shouldRefuseComposeOutOfRange(String field, int value) throws Exception {
    assertBad(
        caller.post(
            "/music/create-compose", "{\"prompt_1\":\"a\",\"%s\":%d}".formatted(field, value)));
  }

  @Test
  void shouldComposeWithGivenTitleAndLyrics() throws Exception {
    JsonNode answer =
        Caller.json(
            caller.post(
                "/music/create-compose",
                "{\"prompt_1\":\"folk\",\"title\":\"Paper Boats\",\"lyrics\":\"[Verse]\\n"
                    + "Boats on the river\"}"));

    JsonNode song = song(answer.get("job_id").asText());
    assertThat(song.get("title").asText()).isEqualTo("Paper Boats");
    assertThat(song.get("lyrics").asText()).isEqualTo("[Verse]\nBoats on the river");
    assertThat(song.get("lyrics_timestamped").asText()).contains("\"text\":\"Boats\"");
  }

  @Test
  void shouldRefuseComposeWithoutPrompt() throws Exception {
    assertBad(caller.post("/music/create-compose", "{\"prompt\":\"a\"}"));
  }

  @Test
  void shouldFlagModeratedPrompt() throws Exception {
    HttpResponse<byte[]> response =
        caller.post("/music/create-prompt", "{\"prompt\":\"a forbidden song\"}");

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(new String(response.body(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"is_flagged\":true,\"reason\":\"moderation\",\"musician_replacement_data\":null}");
  }

  @Test
  void shouldTellRunningJobsWhenBusy() throws Exception {
    keepProcessing();
    change(settings -> settings.create(create -> create.withMaxJobs(1)));
    String job =
        Caller.json(caller.post("/music/create-prompt", withReply(""))).get("job_id").asText();

    HttpResponse<byte[]> response = caller.post("/music/create-prompt", PROMPT);

    assertThat(response.statusCode()).isEqualTo(429);
    JsonNode body = Caller.json(response);
    assertThat(body.get("error").asText())
        .isEqualTo("Account " + USER + " is busy executing 1 jobs");
    assertThat(body.get("code").asInt()).isEqualTo(429);
    JsonNode running = body.get("runningJobs").get(USER).get(0);
    assertThat(running.get("job_id").asText()).isEqualTo(job);
    assertThat(running.get("replyRef").asText()).isEqualTo("order-42");
    assertThat(running.get("replyUrl").asText()).isEqualTo(receiver.url());
    assertThat(running.get("started").isIntegralNumber()).isTrue();
    assertThat(caller.post("/music/create-prompt", withReply(",\"maxJobs\":2")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void shouldRefuseFirstCreatesWithoutAcceptingThem() throws Exception {
    change(
        settings ->
            settings.create(create -> create.withTooManyRequestsFirst(1).withServerErrorFirst(1)));

    assertThat(caller.post("/music/create-prompt", PROMPT).statusCode()).isEqualTo(503);
    HttpResponse<byte[]> second = caller.post("/music/create-prompt", PROMPT);
    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(Caller.json(second)).hasToString("{\"detail\":\"Too Many Requests\"}");
    assertThat(Caller.json(caller.get("/music"))).isEmpty();
    assertThat(caller.post("/music/create-prompt", PROMPT).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldAcceptAndDropTheConnection() throws Exception {
    change(settings -> settings.create(create -> create.withDropFirst(1)));

    assertThatThrownBy(() -> caller.post("/music/create-prompt", PROMPT))
        .isInstanceOf(IOException.class);

    assertThat(Caller.json(caller.get("/music"))).hasSize(1);
    assertThat(simulator.requests().getFirst().status()).isZero();
  }

  @Test
  void shouldAcceptAndAnswerLate() throws Exception {
    change(
        settings ->
            settings.create(
                create -> create.withDelayFirst(1).withAnswerDelay(Duration.ofMillis(20))));

    assertThat(caller.post("/music/create-prompt", PROMPT).statusCode()).isEqualTo(200);
    assertThat(Caller.json(caller.get("/music"))).hasSize(1);
  }

  private static void assertBad(HttpResponse<byte[]> response) throws IOException {
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Caller.json(response).get("code").asInt()).isEqualTo(400);
    assertThat(Caller.json(response).get("error").asText()).isNotBlank();
  }
}
