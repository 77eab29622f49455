package io.riffhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.RecordedRequest;
import io.riffhook.simulator.settings.TaskFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MusicapiRiffusionTest extends MusicapiContract {

  MusicapiRiffusionTest() {
    super("riffusion");
  }

  @Test
  void shouldMakeTwoSongsWithEveryDocumentedField() throws Exception {
    String task = task(described().put("prompt", "rain"));

    JsonNode answer = Caller.json(read(task));

    assertThat(answer.get("code").asInt()).isEqualTo(200);
    assertThat(answer.get("message").asText()).isEqualTo("success");
    assertThat(answer.get("data")).hasSize(2);
    JsonNode song = answer.get("data").get(0);
    assertThat(song.fieldNames())
        .toIterable()
        .containsExactly(
            "clip_id",
            "title",
            "lyrics",
            "image_url",
            "audio_url",
            "video_url",
            "created_at",
            "mv",
            "duration",
            "timestamp",
            "state");
    assertThat(song.get("state").asText()).isEqualTo("succeeded");
    assertThat(song.get("mv").asText()).isEqualTo("FUZZ-1.1 Pro");
    assertThat(song.get("created_at").asText()).matches(".*T\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    assertThat(song.get("timestamp").get("words").get(0).fieldNames())
        .toIterable()
        .containsExactly("text", "start", "end", "line_index", "index_range", "wav2vec2_format");
    assertThat(song.get("timestamp").get("words").get(0).get("line_index").asInt()).isEqualTo(1);
    assertThat(song.get("clip_id")).isNotEqualTo(answer.get("data").get(1).get("clip_id"));
  }

  @Test
  void shouldServeM4aAndJpgFromItsOwnHost() throws Exception {
    JsonNode song = song(described());

    assertThat(song.get("audio_url").asText()).startsWith(simulator.origin()).endsWith(".m4a");
    assertThat(song.get("image_url").asText()).startsWith(simulator.origin()).endsWith(".jpg");
    HttpResponse<byte[]> audio = caller.fetch(song.get("audio_url").asText());
    assertThat(audio.headers().firstValue("Content-Type")).contains("audio/mp4");
    assertThat(new String(audio.body(), 4, 4, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("ftyp");
    assertThat(caller.fetch(song.get("image_url").asText()).headers().firstValue("Content-Type"))
        .contains("image/jpeg");
  }

  @Test
  void shouldExpireLinksAndGiveFreshOnes() throws Exception {
    change(settings -> settings.media(media -> media.withExpireAfterFetches(1)));
    String task = task(described());
    String url = data(task).get(0).get("image_url").asText();

    assertThat(caller.fetch(url).statusCode()).isEqualTo(200);
    assertThat(caller.fetch(url).statusCode()).isEqualTo(403);
    assertThat(caller.fetch(data(task).get(0).get("image_url").asText()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void shouldSingGivenLyricsUnderGivenTitle() throws Exception {
    JsonNode song =
        song(
            custom()
                .put("lyrics", "[Verse]\nBoats on the river")
                .put("title", "Paper Boats")
                .put("sound", "folk"));

    assertThat(song.get("title").asText()).isEqualTo("Paper Boats");
    assertThat(song.get("lyrics").asText()).isEqualTo("[Verse]\nBoats on the river");
    assertThat(song.get("timestamp").get("words").get(0).get("text").asText()).isEqualTo("Boats");
  }

  @Test
  void shouldMakeAnInstrumental() throws Exception {
    JsonNode song = song(custom().put("make_instrumental", true).put("sound", "ambient"));

    assertThat(song.get("lyrics").asText()).isEqualTo("[Instrumental]");
    assertThat(song.get("timestamp").get("words")).isEmpty();
  }

  @Test
  void shouldAnswerWithCodeWhenToldSo() throws Exception {
    assertThat(Caller.json(create(described())).has("code")).isFalse();

    musicapi(musicapi -> musicapi.withCode(true));

    assertThat(Caller.json(create(described())).get("code").asInt()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "[]",
        "{}",
        "{\"custom_mode\":false,\"mv\":\"FUZZ-1.1\"}",
        "{\"custom_mode\":\"false\",\"mv\":\"FUZZ-1.1\",\"prompt\":\"a\"}",
        "{\"custom_mode\":false,\"prompt\":\"a\"}",
        "{\"custom_mode\":false,\"mv\":\"FUZZ-0.8\",\"prompt\":\"a\"}",
        "{\"custom_mode\":false,\"mv\":\"FUZZ-1.1\",\"prompt\":7}",
        "{\"custom_mode\":false,\"mv\":\"FUZZ-1.1\",\"prompt\":\"a\",\"lyrics\":\"la\"}",
        "{\"custom_mode\":false,\"mv\":\"FUZZ-1.1\",\"prompt\":\"a\",\"webhook_url\":\"https://a.example/\"}",
        "{\"custom_mode\":true,\"mv\":\"FUZZ-1.1\",\"lyrics\":\"la\"}",
        "{\"custom_mode\":true,\"mv\":\"FUZZ-1.1\",\"make_instrumental\":\"no\"}",
        "{\"custom_mode\":true,\"mv\":\"FUZZ-1.1\",\"task_type\":\"concat_music\"}"
      })
  void shouldRefuseBadCreate(String body) throws Exception {
    assertError(caller.post("/riffusion/create", body), 400);
  }

  @Test
  void shouldRefuseTooLongTexts() throws Exception {
    assertError(create(described().put("prompt", "x".repeat(3001))), 400, "prompt is too long");
    assertError(create(custom().put("title", "x".repeat(81))), 400, "title is too long");
  }

  @Test
  void shouldExtendOwnSongToALongerOne() throws Exception {
    JsonNode song = song(described());

    JsonNode extended = song(transform("extend_music", clip(song)).put("continue_at", 3));

    assertThat(extended.get("duration").asDouble()).isGreaterThan(song.get("duration").asDouble());
    assertThat(caller.fetch(extended.get("audio_url").asText()).body().length)
        .isGreaterThan(caller.fetch(song.get("audio_url").asText()).body().length);
  }

  @ParameterizedTest
  @CsvSource({
    "cover_music, '', ''",
    "cover_music, strength, 0.7",
    "swap_music_sound, '', ''",
    "swap_music_vocals, '', ''"
  })
  void shouldTransformOwnSong(String type, String field, String value) throws Exception {
    JsonNode song = song(described());
    ObjectNode body = transform(type, clip(song));
    if (!field.isEmpty()) {
      body.put(field, Double.parseDouble(value));
    }

    JsonNode other = song(body);

    assertThat(caller.fetch(other.get("audio_url").asText()).body())
        .isNotEqualTo(caller.fetch(song.get("audio_url").asText()).body());
  }

  @Test
  void shouldReplaceAPart() throws Exception {
    ObjectNode body = transform("replace_music", clip(song(described())));

    assertError(create(body), 400, "starts_at is required");
    assertError(create(body.put("starts_at", 3).put("ends_at", 2)), 400, "ends_at");
    assertThat(data(task(body.put("ends_at", 4.5)))).hasSize(2);
  }

  @Test
  void shouldTransformUploadsByTheirOwnTypesOnly() throws Exception {
    JsonNode song = song(described());
    String upload = uploaded(song);

    assertThat(data(task(transform("cover_upload_music", upload)))).hasSize(2);
    assertThat(data(task(transform("extend_upload_music", upload).put("continue_at", 4))))
        .hasSize(2);
    assertError(create(transform("cover_music", upload)), 400, "upload");
    assertError(create(transform("cover_upload_music", clip(song))), 400, "upload");
    assertThat(simulator.requests().stream().map(RecordedRequest::method)).doesNotContain("HEAD");
  }

  @Test
  void shouldRefuseTransformsThatLackSomething() throws Exception {
    String clip = clip(song(described()));

    assertError(create(transform("extend_music", clip)), 400, "continue_at is required");
    assertError(create(transform("extend_music", clip).put("continue_at", 2.5)), 400, "integer");
    ObjectNode extend = transform("extend_music", clip).put("continue_at", 2);
    assertError(create(extend.deepCopy().without("lyrics")), 400, "lyrics is required");
    assertError(create(extend.deepCopy().without("sound")), 400, "sound is required");
    assertError(create(extend.deepCopy().put("custom_mode", false)), 400, "custom_mode");
    assertError(create(transform("cover_music", "unknown")), 400, "not a known clip");
    assertError(create(transform("cover_music", clip).put("strength", 1.1)), 400, "range");
    assertError(create(transform("cover_music", clip).put("continue_at", 2)), 400, "continue_at");
  }

  @Test
  void shouldTakeOnlyAudioByUrl() throws Exception {
    JsonNode song = song(described());

    HttpResponse<byte[]> good = upload(song.get("audio_url").asText());

    assertThat(Caller.json(good).get("message").asText()).isEqualTo("success");
    assertError(upload(song.get("image_url").asText()), 400, "not audio");
    assertError(upload(simulator.origin() + "/nothing"), 400, "404");
    assertError(upload("http://127.0.0.1:1/"), 400, "cannot be fetched");
    assertError(upload("nowhere"), 400, "valid URL");
    assertError(caller.post("/riffusion/upload", "{}"), 400, "url is required");
  }

  @Test
  void shouldAnswer202WhileRunning() throws Exception {
    keepProcessing();

    HttpResponse<byte[]> response = read(task(described()));

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(Caller.json(response).get("data")).isEmpty();
  }

  @Test
  void shouldShowStatesWhileRunning() throws Exception {
    keepProcessing();
    change(settings -> settings.polls(polls -> polls.withAccepted(false)));

    JsonNode songs = data(task(described()));

    assertThat(songs).hasSize(2);
    assertThat(songs.get(0).get("state").asText()).isEqualTo("pending");
    assertThat(songs.get(0).get("audio_url").asText()).isEmpty();
  }

  @Test
  void shouldShowNothingAndThenOneSongBeforeBoth() throws Exception {
    change(
        settings ->
            settings.polls(
                polls -> polls.withEmptyFirst(1).withPartialFirst(2).withAccepted(false)));
    String task = task(described());

    assertThat(data(task)).isEmpty();
    assertThat(data(task)).hasSize(1);
    assertThat(data(task)).hasSize(1);
    assertThat(data(task)).hasSize(2);
  }

  @Test
  void shouldFailAndRefund() throws Exception {
    int before = credits();
    String task = task(described().put("prompt", "failsong"));

    assertThat(data(task).get(0).get("state").asText()).isEqualTo("failed");
    assertThat(credits()).isEqualTo(before);

    musicapi(musicapi -> musicapi.withFailure(TaskFailure.CODE));
    assertThat(Caller.json(read(task)).get("code").asInt()).isEqualTo(500);
    assertThat(data(task)).isEmpty();

    musicapi(musicapi -> musicapi.withFailure(TaskFailure.TIMEOUT));
    assertError(read(task), 504, "timed out", "refunded");
  }

  @Test
  void shouldCountCreditsDown() throws Exception {
    change(settings -> settings.account(account -> account.withCredits(27)));
    JsonNode song = song(described());
    assertThat(credits()).isEqualTo(15);
    uploaded(song);
    assertThat(credits()).isEqualTo(13);
    task(described());

    assertThat(Caller.json(caller.get("/get-credits")))
        .hasToString("{\"credits\":1,\"extra_credits\":0}");
    assertError(create(described()), 403, "credits are not enough");
    assertError(upload(song.get("audio_url").asText()), 403, "credits are not enough");
  }

  @Test
  void shouldRefuseWordsThatAreNotAllowed() throws Exception {
    assertError(create(described().put("prompt", "a forbidden song")), 403, "inappropriate");
    assertError(
        create(custom().put("lyrics", "forbidden").put("sound", "folk")), 403, "inappropriate");
  }

  @Test
  void shouldNotKnowOtherTasks() throws Exception {
    assertError(read("unknown"), 400, "task not found.");
    assertError(caller.get("/riffusion/task"), 400, "missing task id.");
    assertError(caller.get("/producer/task/" + task(described())), 400, "task not found.");
    assertError(caller.get("/riffusion/elsewhere"), 404);
  }

  @Test
  void shouldHaveTheFaultsOfCreates() throws Exception {
    change(
        settings ->
            settings.create(
                create ->
                    create
                        .withServerErrorFirst(1)
                        .withServerErrorStatus(502)
                        .withTooManyRequestsFirst(1)
                        .withDropFirst(1)
                        .withDelayFirst(1)
                        .withAnswerDelay(Duration.ofMillis(20))));
    int before = credits();

    HttpResponse<byte[]> first = create(described());
    assertError(first, 502);
    assertThat(Caller.json(first).get("type").asText()).isEqualTo("upstream_error");
    assertError(create(described()), 429);
    assertThat(credits()).isEqualTo(before);
    assertThatThrownBy(() -> create(described())).isInstanceOf(IOException.class);
    assertThat(credits()).isEqualTo(before - 12);
    assertThat(create(described()).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldRefuseCallers() throws Exception {
    String url = simulator.origin() + "/musicapi/api/v1/get-credits";
    assertError(caller.fetch(url), 401, "missing");
    HttpRequest.Builder other =
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Token x");
    assertError(caller.send(other), 401, "wrong format");

    change(settings -> settings.faults(faults -> faults.withAccountError(true)));
    assertError(create(described()), 403, "no active subscription");
    change(settings -> settings.faults(faults -> faults.withDecommissioned(true)));
    HttpResponse<byte[]> gone = create(described());
    assertError(gone, 410);
    assertThat(Caller.json(gone).get("type").asText()).isEqualTo("endpoint_retired");
  }

  private static String clip(JsonNode song) {
    return song.get("clip_id").asText();
  }

  private static ObjectNode described() {
    return Json.object().put("custom_mode", false).put("mv", "FUZZ-1.1 Pro").put("prompt", "rain");
  }

  private static ObjectNode custom() {
    return Json.object()
        .put("custom_mode", true)
        .put("make_instrumental", false)
        .put("mv", "FUZZ-1.0");
  }

  private static ObjectNode transform(String type, String clip) {
    return Json.object()
        .put("custom_mode", true)
        .put("mv", "FUZZ-1.1")
        .put("task_type", type)
        .put("continue_clip_id", clip)
        .put("sound", "punk")
        .put("lyrics", "[Verse]\nNew words to sing");
  }
}
