package io.riffhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.RecordedRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RiffgatewayTest extends SimulatorContract {

  @Override
  String mount() {
    return "/riffgateway/riffusion";
  }

  @Test
  void shouldAnswerWithTwoJobsAndFeedTheirSongs() throws Exception {
    List<String> ids = ids(generate());

    JsonNode feed = feed(ids);

    assertThat(ids).hasSize(2).doesNotHaveDuplicates();
    assertThat(feed.get("status").asText()).isEqualTo("success");
    assertThat(feed.get("process").asInt()).isEqualTo(100);
    assertThat(feed.get("generations").findValuesAsText("id")).isEqualTo(ids);
    JsonNode song = feed.get("generations").get(0);
    assertThat(song.get("title").asText()).isEqualTo("North");
    assertThat(song.get("topic").isNull()).isTrue();
    assertThat(song.get("sound").asText()).isEqualTo("folk, acoustic");
    assertThat(song.get("lyrics").asText()).isEqualTo("[Verse]\nBoats on the river");
    assertThat(song.get("duration_s").isNumber()).isTrue();
    assertThat(song.get("model_display_name").asText()).isEqualTo("FUZZ-1.1 Pro");
    assertThat(type(song, "audio_url")).isEqualTo("audio/mp4");
    assertThat(type(song, "image_url")).isEqualTo("image/jpeg");
  }

  @Test
  void shouldFeedOneSongOfTwoOrSongsOfTwoCalls() throws Exception {
    List<String> first = ids(generate());
    List<String> second = ids(generate());

    assertThat(feed(first.subList(1, 2)).get("generations").findValuesAsText("id"))
        .containsExactly(first.get(1));
    assertThat(feed(List.of(first.get(0), second.get(1))).get("generations")).hasSize(2);
  }

  @Test
  void shouldMakeSongsOfATopic() throws Exception {
    ObjectNode body = Json.object().put("model", "FUZZ-1.0").put("topic", "rain");
    List<String> ids = ids(caller.post("/generate/topic", body.toString()));

    JsonNode song = feed(ids).get("generations").get(0);

    assertThat(song.get("topic").asText()).isEqualTo("rain");
    assertThat(song.get("sound").asText()).isNotBlank();
    assertThat(song.get("lyrics").asText()).contains("[Verse]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "{}",
        "{\"topic\":\"rain\"}",
        "{\"model\":\"FUZZ-1.0\"}",
        "{\"model\":\"FUZZ-2.0\",\"topic\":\"rain\"}",
        "{\"model\":\"FUZZ-1.0\",\"topic\":5}",
        "{\"model\":\"FUZZ-1.0\",\"topic\":\"rain\",\"instrumental\":\"no\"}",
        "{\"model\":\"FUZZ-1.0\",\"topic\":\"rain\",\"lyrics\":\"la\"}"
      })
  void shouldRefuseBadTopic(String body) throws Exception {
    assertError(caller.post("/generate/topic", body), 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "lyrics", "tag", "title"})
  void shouldRefuseGenerateWithout(String field) throws Exception {
    assertError(generate(song().without(List.of(field))), 400, field + " is required");
  }

  @Test
  void shouldMakeAnInstrumentalWithoutWords() throws Exception {
    assertError(generate(song().put("lyrics", "")), 400, "lyrics");

    List<String> ids = ids(generate(song().put("lyrics", "").put("instrumental", true)));

    assertThat(feed(ids).get("generations").get(0).get("lyrics").asText())
        .isEqualTo("[Instrumental]");
  }

  @Test
  void shouldExtendToALongerSong() throws Exception {
    String riff = riff();

    JsonNode extended = made(morph("extend").put("riff_id", riff).put("crop_end_at", 3.5));

    assertThat(extended.get("duration_s").asDouble())
        .isGreaterThan(only(riff).get("duration_s").asDouble());
    assertThat(audio(extended)).isNotEqualTo(audio(only(riff)));
  }

  @Test
  void shouldDoEveryOtherTransform() throws Exception {
    String riff = riff();

    JsonNode cover =
        made(
            morph("cover")
                .put("riff_id", riff)
                .put("normalized_cover_strength", 0.3)
                .put("normalized_lyrics_strength", 0.5)
                .put("normalized_sound_prompt_strength", 1)
                .put("normalized_weirdness", 0)
                .putNull("normalized_variation_strength")
                .put("duration", 0));
    JsonNode inpaint =
        made(
            morph("inpaint")
                .put("riff_id", riff)
                .put("replace_start_at", 0)
                .put("replace_end_at", 2));
    JsonNode vocals = made(morph("swap_vocals").put("riff_id", riff));
    JsonNode sound = made(morph("swap_sound").put("riff_id", riff));

    assertThat(List.of(cover, inpaint, vocals, sound).stream().map(this::audio).toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldTransformAnUpload() throws Exception {
    String url = only(riff()).get("audio_url").asText();
    String upload = Caller.json(upload(url)).get("id").asText();

    assertThat(made(morph("cover").put("audio_upload_id", upload))).isNotEmpty();
    assertThat(simulator.requests().stream().map(RecordedRequest::method)).doesNotContain("HEAD");
    assertError(generateWith(morph("cover").put("riff_id", upload)), 400, "riff_id is not known");
  }

  @Test
  void shouldTakeOnlyAudioByUrl() throws Exception {
    JsonNode song = only(riff());

    assertError(upload(song.get("image_url").asText()), 400, "not audio");
    assertError(upload(simulator.origin() + "/nothing"), 400, "404");
    assertError(caller.post("/upload", "{}"), 400, "url is required");
  }

  @Test
  void shouldRefuseBadMorphs() throws Exception {
    String riff = riff();

    assertError(generateWith(Json.object().put("riff_id", riff)), 400, "transform is required");
    assertError(generateWith(morph("remix").put("riff_id", riff)), 400, "transform");
    assertError(generateWith(morph("cover")), 400, "either riff_id or audio_upload_id");
    assertError(
        generateWith(morph("cover").put("riff_id", riff).put("audio_upload_id", "x")),
        400,
        "either riff_id or audio_upload_id");
    assertError(
        generateWith(morph("cover").put("riff_id", "x")), 400, "morph.riff_id is not known");
    assertError(
        generateWith(morph("cover").put("audio_upload_id", riff)),
        400,
        "morph.audio_upload_id is not known");
    assertError(generateWith(morph("extend").put("riff_id", riff)), 400, "crop_end_at is required");
    assertError(
        generateWith(morph("extend").put("riff_id", riff).put("crop_end_at", "3")), 400, "number");
    assertError(
        generateWith(morph("inpaint").put("riff_id", riff).put("replace_start_at", 1)),
        400,
        "replace_end_at is required");
    assertError(
        generateWith(
            morph("inpaint")
                .put("riff_id", riff)
                .put("replace_start_at", 2)
                .put("replace_end_at", 2)),
        400,
        "replace_end_at");
    assertError(
        generateWith(morph("swap_sound").put("riff_id", riff).put("crop_end_at", 2)),
        400,
        "crop_end_at");
    assertError(generate(song().put("morph", "cover")), 400, "object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "normalized_lyrics_strength",
        "normalized_sound_prompt_strength",
        "normalized_weirdness",
        "normalized_cover_strength",
        "normalized_variation_strength"
      })
  void shouldRefuseStrengthsOutOfRange(String field) throws Exception {
    ObjectNode morph = morph("cover").put("riff_id", riff());

    assertError(generateWith(morph.put(field, 1.01)), 400, field);
    assertError(generateWith(morph.put(field, -0.01)), 400, field);
    assertError(generateWith(morph.put(field, 50)), 400, field);
  }

  @Test
  void shouldTellHowFarItIs() throws Exception {
    keepProcessing();
    List<String> ids = ids(generate());

    assertThat(feed(ids)).hasToString("{\"status\":\"process\",\"process\":0}");

    change(
        settings ->
            settings.providers(
                providers -> providers.riffgateway(gateway -> gateway.withGenerations(true))));
    assertThat(feed(ids)).hasToString("{\"status\":\"process\",\"process\":0,\"generations\":[]}");
  }

  @Test
  void shouldShowNothingAndThenOneSongBeforeBoth() throws Exception {
    change(settings -> settings.polls(polls -> polls.withEmptyFirst(1).withPartialFirst(1)));
    List<String> ids = ids(generate());

    assertThat(feed(ids).has("generations")).isFalse();
    JsonNode partial = feed(ids);
    assertThat(partial.get("status").asText()).isEqualTo("process");
    assertThat(partial.get("generations").get(0).has("audio_url")).isTrue();
    assertThat(partial.get("generations").get(1).has("audio_url")).isFalse();
    assertThat(feed(ids).get("status").asText()).isEqualTo("success");
  }

  @Test
  void shouldFailWithTheStatusThatIsSet() throws Exception {
    change(
        settings ->
            settings.providers(
                providers -> providers.riffgateway(gateway -> gateway.withFailedStatus("error"))));

    JsonNode feed = feed(ids(generate(song().put("tag", "failsong"))));

    assertThat(feed.get("status").asText()).isEqualTo("error");
    assertThat(feed.has("generations")).isFalse();
  }

  @Test
  void shouldNotKnowOtherIds() throws Exception {
    assertError(caller.get("/feed/" + riff() + ",unknown"), 404, "not known");
    assertError(caller.get("/elsewhere"), 404);
  }

  @Test
  void shouldHaveTheFaultsOfCreates() throws Exception {
    change(
        settings ->
            settings
                .create(
                    create ->
                        create.withServerErrorFirst(1).withTooManyRequestsFirst(1).withDropFirst(1))
                .account(account -> account.withCredits(2)));

    assertError(generate(), 503);
    assertError(generate(), 429, "Too Many Requests");
    assertThatThrownBy(this::generate).isInstanceOf(IOException.class);
    assertThat(ids(generate())).hasSize(2);
    assertError(generate(), 403, "quota");
  }

  @Test
  void shouldRefuseCallersAndWords() throws Exception {
    assertError(generate(song().put("tag", "forbidden")), 400, "moderation");
    assertError(caller.fetch(simulator.origin() + "/riffgateway/riffusion/feed/x"), 401);
    change(settings -> settings.faults(faults -> faults.withAccountError(true)));
    assertError(generate(), 403);
    change(settings -> settings.faults(faults -> faults.withDecommissioned(true)));
    assertError(generate(), 410);
  }

  private HttpResponse<byte[]> generate() throws Exception {
    return generate(song());
  }

  private HttpResponse<byte[]> generate(JsonNode body) throws Exception {
    return caller.post("/generate", body.toString());
  }

  private HttpResponse<byte[]> generateWith(ObjectNode morph) throws Exception {
    return generate(song().set("morph", morph));
  }

  private HttpResponse<byte[]> upload(String url) throws Exception {
    return caller.post("/upload", Json.object().put("url", url).toString());
  }

  private static List<String> ids(HttpResponse<byte[]> response) throws Exception {
    assertThat(response.statusCode())
        .as(new String(response.body(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(200);
    return Caller.json(response).get("jobs").findValuesAsText("id");
  }

  private JsonNode feed(List<String> ids) throws Exception {
    return Caller.json(caller.get("/feed/" + String.join(",", ids)));
  }

  private String riff() throws Exception {
    return ids(generate()).getFirst();
  }

  private JsonNode only(String riff) throws Exception {
    return feed(List.of(riff)).get("generations").get(0);
  }

  private JsonNode made(ObjectNode morph) throws Exception {
    return only(ids(generateWith(morph)).getFirst());
  }

  private byte[] audio(JsonNode song) {
    try {
      return caller.fetch(song.get("audio_url").asText()).body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String type(JsonNode song, String link) throws Exception {
    assertThat(song.get(link).asText()).startsWith(simulator.origin());
    return caller.fetch(song.get(link).asText()).headers().firstValue("Content-Type").orElse("");
  }

  private static void assertError(HttpResponse<byte[]> response, int status, String... words)
      throws Exception {
    assertThat(response.statusCode())
        .as(new String(response.body(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(status);
    String message = Caller.json(response).get("error").get("message").asText();
    assertThat(message).isNotBlank();
    assertThat(List.of(words)).allSatisfy(word -> assertThat(message).contains(word));
  }

  private static ObjectNode song() {
    return Json.object()
        .put("model", "FUZZ-1.1 Pro")
        .put("lyrics", "[Verse]\nBoats on the river")
        .put("tag", "folk, acoustic")
        .put("title", "North")
        .put("instrumental", false);
  }

  private static ObjectNode morph(String transform) {
    return Json.object().put("transform", transform);
  }
}
