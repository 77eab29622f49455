package io.riffhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowmusicTest extends SimulatorContract {

  @Override
  String mount() {
    return "/v1/flowmusic";
  }

  @Test
  void shouldAnswerAtOnceAndCallBackWithTheRecord() throws Exception {
    HttpResponse<byte[]> answer =
        caller.post("/music", withReply(",\"mode\":\"async\",\"lyrics\":\"la la\""));
    assertThat(answer.statusCode()).isEqualTo(201);
    JsonNode begun = Caller.json(answer);
    assertThat(begun.path("status").asText()).isEqualTo("pending");
    String id = begun.path("jobid").asText();
    assertThat(id).matches("job:[0-9a-f-]{36}-user:777-me@example.com-bot:flowmusic");

    JsonNode post = receiver.next();
    JsonNode read = job(id);
    assertThat(post.path("status").asText()).isEqualTo("completed");
    assertThat(post.path("clips")).isEqualTo(read.path("clips")).hasSize(2);
    assertThat(post.path("replyRef").asText()).isEqualTo("order-42");
    assertThat(post.at("/request/replyRef").asText()).isEqualTo("order-42");
    assertThat(receiver.waiting()).isZero();
    JsonNode clip = read.at("/clips/0");
    assertThat(type(clip, "audio_url")).isEqualTo("audio/mp4");
    assertThat(type(clip, "wav_url")).isEqualTo("audio/wav");
    assertThat(type(clip, "image_url")).isEqualTo("image/jpeg");
    assertThat(clip.at("/lyrics_timing/0")).hasSize(2);
    HttpResponse<byte[]> mp3 =
        caller.get("/music/download?id=" + encoded(clip.path("clip").asText()) + "&format=mp3");
    assertThat(mp3.headers().firstValue("content-type")).contains("audio/mpeg");
  }

  @Test
  void shouldBlockUnlessToldOtherwise() throws Exception {
    HttpResponse<byte[]> answer = caller.post("/music", PROMPT);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Caller.json(answer).path("status").asText()).isEqualTo("completed");
  }

  @Test
  void shouldEditAClipOfItsOwn() throws Exception {
    String clip = clip();
    for (String more :
        new String[] {
          "\"operation\":\"extend\",\"instruction\":\"go on\",\"extend_s\":5",
          "\"operation\":\"replace\",\"instruction\":\"x\",\"mask_start_s\":1,\"mask_end_s\":2",
          "\"operation\":\"cover\",\"strength\":0.5",
          "\"operation\":\"remix\",\"lyrics\":\"la\""
        }) {
      JsonNode done = Caller.json(caller.post("/music/edit", edit(clip, more)));
      assertThat(done.path("clips")).as(done.toString()).hasSize(1);
      assertThat(more).contains(done.path("operation").asText());
    }
  }

  @Test
  void shouldSplitAClipIntoStems() throws Exception {
    JsonNode stems =
        Caller.json(
            caller.post("/music/edit", edit(clip(), "\"operation\":\"stems\",\"mode\":\"async\"")));
    assertThat(stems.path("clips").findValuesAsText("title"))
        .hasSize(4)
        .first()
        .asString()
        .endsWith("(Drums)");
    assertThat(type(stems.at("/clips/2"), "audio_url")).isEqualTo("audio/wav");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"operation\":\"extend\"",
        "\"operation\":\"extend\",\"instruction\":\"x\",\"extend_s\":301",
        "\"operation\":\"replace\",\"instruction\":\"x\",\"mask_start_s\":2,\"mask_end_s\":2",
        "\"operation\":\"cover\",\"strength\":2",
        "\"operation\":\"cover\",\"lyrics\":\"x\"",
        "\"operation\":\"swap\"",
        "\"strength\":1"
      })
  void shouldRefuseBadEdits(String more) throws Exception {
    assertThat(caller.post("/music/edit", edit(clip(), more)).statusCode()).isEqualTo(400);
  }

  @Test
  void shouldRefuseWhatIsNotItsOwn() throws Exception {
    String other = "user:777-me@example.com-clip:00000000-0000-4000-8000-000000000000";
    assertThat(caller.post("/music/edit", edit(other, "\"operation\":\"cover\"")).statusCode())
        .isEqualTo(400);
    assertThat(caller.get("/jobs/nobody").statusCode()).isEqualTo(404);
    assertThat(caller.get("/music/download?id=x").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldFailAndForgetAJob() throws Exception {
    String id =
        Caller.json(caller.post("/music", "{\"prompt\":\"failsong\",\"mode\":\"async\"}"))
            .path("jobid")
            .asText();
    assertThat(job(id).at("/error/message").asText()).isEqualTo("Generation failed");
    assertThat(job(id).has("clips")).isFalse();
    assertThat(caller.delete("/jobs/" + encoded(id)).statusCode()).isEqualTo(200);
    assertThat(caller.get("/jobs/" + encoded(id)).statusCode()).isEqualTo(404);
  }

  @Test
  void shouldListItsAccountAndItsTroubles() throws Exception {
    assertThat(Caller.json(caller.get("/accounts")).at("/me@example.com/maxJobs").asInt())
        .isEqualTo(8);
    change(settings -> settings.faults(faults -> faults.withAccountError(true)));
    HttpResponse<byte[]> refused = caller.post("/music", PROMPT);
    assertThat(refused.statusCode()).isEqualTo(596);
    assertThat(Caller.json(refused).path("error").asText()).startsWith("Account me@example.com");
    assertThat(Caller.json(caller.get("/accounts")).at("/me@example.com/error").asText())
        .isEqualTo("refresh token rejected");
  }

  private String clip() throws Exception {
    return Caller.json(caller.post("/music", PROMPT)).at("/clips/0/clip").asText();
  }

  private static String edit(String clip, String more) {
    return "{\"clip\":\"" + clip + "\"," + more + "}";
  }

  private JsonNode job(String id) throws Exception {
    return Caller.json(caller.get("/jobs/" + encoded(id)));
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }

  private String type(JsonNode clip, String field) throws Exception {
    return caller.fetch(clip.path(field).asText()).headers().firstValue("content-type").orElse("");
  }
}
