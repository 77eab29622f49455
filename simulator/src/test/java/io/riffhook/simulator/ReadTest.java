package io.riffhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class ReadTest extends SimulatorContract {

  @Test
  void shouldGiveEveryDocumentedField() throws Exception {
    JsonNode song = song(caller.create("rain"));

    assertThat(song.fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "group_id",
            "author_id",
            "created_at",
            "audio_variation",
            "lyrics",
            "lyrics_timestamped",
            "title",
            "image_override",
            "conditions",
            "sound",
            "topic",
            "image_id",
            "simple_waveform",
            "remix_parent_id",
            "duration_s",
            "privacy",
            "transform",
            "parent_riff_id",
            "audio_upload_id",
            "is_favorite",
            "favorite_count",
            "play_count",
            "status",
            "download_url",
            "share_url",
            "image_url");
    JsonMapper mapper = JsonMapper.builder().build();
    assertThat(mapper.readTree(song.get("lyrics_timestamped").textValue()).get("words"))
        .isNotEmpty();
    assertThat(mapper.readTree(song.get("conditions").textValue()).isArray()).isTrue();
    assertThat(mapper.readTree(song.get("simple_waveform").textValue())).hasSize(100);
  }

  @Test
  void shouldHideLinksWhileProcessing() throws Exception {
    keepProcessing();

    JsonNode song = song(caller.create("rain"));

    assertThat(song.get("status").asText()).isEqualTo("processing");
    assertThat(song.has("download_url")).isFalse();
    assertThat(
            caller
                .get("/music/download/?download_format=mp3&id=" + song.get("id").asText())
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void shouldListNewestFirstByPages() throws Exception {
    String first = caller.create("one");
    String second = caller.create("two");
    String third = caller.create("three");

    assertThat(ids("/music/")).containsExactly(third, second, first);
    assertThat(ids("/music?offset=1&limit=1")).containsExactly(second);
    assertThat(caller.get("/music?limit=many").statusCode()).isEqualTo(400);
  }

  @Test
  void shouldGiveNothingForUnknownId() throws Exception {
    assertThat(ids("/music/?id=unknown")).isEmpty();
    assertThat(caller.get("/music/download?id=unknown&download_format=mp3").statusCode())
        .isEqualTo(400);
  }

  @Test
  void shouldDeleteSong() throws Exception {
    String job = caller.create("rain");

    HttpResponse<byte[]> response = caller.delete("/music/?id=" + job);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(ids("/music")).isEmpty();
    assertThat(caller.delete("/music/?id=" + job).statusCode()).isEqualTo(400);
  }

  @Test
  void shouldWantUserOnReadsOnceThereAreTwo() throws Exception {
    String job = caller.create("rain");
    JsonNode account =
        Caller.json(caller.post("/accounts", "{\"cookie\":\"crumbs\",\"maxJobs\":3}"));

    assertThat(account.get("jwt").get("expires_in").asInt()).isEqualTo(604800);
    assertThat(caller.get("/music/?id=" + job).statusCode()).isEqualTo(400);
    assertThat(ids("/music/?user_id=" + USER)).containsExactly(job);
    assertThat(ids("/music/?user_id=" + account.get("user_id").asText())).isEmpty();
  }

  @Test
  void shouldKeepAccounts() throws Exception {
    assertThat(Caller.json(caller.get("/accounts")).get(USER).get("maxJobs").asInt()).isEqualTo(6);
    assertThat(Caller.json(caller.get("/accounts/" + USER)).get("user_id").asText())
        .isEqualTo(USER);
    assertThat(caller.get("/accounts/unknown").statusCode()).isEqualTo(404);
    assertThat(caller.post("/accounts", "{\"cookie\":\"crumbs\",\"maxJobs\":11}").statusCode())
        .isEqualTo(400);
    assertThat(caller.delete("/accounts/" + USER).statusCode()).isEqualTo(204);
    assertThat(caller.get("/accounts").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldScheduleAndCancel() throws Exception {
    keepProcessing();
    String job =
        Caller.json(caller.post("/music/create-prompt", withReply(""))).get("job_id").asText();

    JsonNode item = Caller.json(caller.get("/scheduler")).get(0);
    assertThat(item.get("job_id").asText()).isEqualTo(job);
    assertThat(item.get("started").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(item.get("elapsed").asText()).matches("\\d\\d:\\d\\d");
    assertThat(item.get("replyRef").asText()).isEqualTo("order-42");
    JsonNode available = Caller.json(caller.get("/scheduler/available"));
    assertThat(available.get("executing")).hasSize(1);
    assertThat(available.get("available").get(0).get("available").asInt()).isEqualTo(5);

    assertThat(caller.delete("/scheduler/" + job).statusCode()).isEqualTo(200);
    assertThat(Caller.json(caller.get("/scheduler"))).isEmpty();
    assertThat(caller.delete("/scheduler/" + job).statusCode()).isEqualTo(404);
  }

  @Test
  void shouldWriteLyrics() throws Exception {
    JsonNode answer =
        Caller.json(caller.post("/music/generate-lyrics", "{\"prompt\":\"about a paper boat\"}"));

    assertThat(answer.get("lyrics").asText()).contains("[Verse]", "[Chorus]", "paper boat");
    assertThat(caller.post("/music/generate-lyrics", "{}").statusCode()).isEqualTo(400);
  }

  private java.util.List<String> ids(String path) throws Exception {
    return Caller.json(caller.get(path)).findValuesAsText("id");
  }
}
