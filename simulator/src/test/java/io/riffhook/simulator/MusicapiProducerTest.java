package io.riffhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.settings.ProducerDialect;
import io.riffhook.simulator.settings.TaskFailure;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MusicapiProducerTest extends MusicapiContract {

  MusicapiProducerTest() {
    super("producer");
  }

  @Test
  void shouldMakeOneSongWithItsState() throws Exception {
    JsonNode answer = Caller.json(read(task(music().put("seed", "123").put("title", "North"))));

    assertThat(answer.has("status")).isFalse();
    assertThat(answer.get("code").asInt()).isEqualTo(200);
    assertThat(answer.get("data")).hasSize(1);
    JsonNode song = answer.get("data").get(0);
    assertThat(song.get("state").asText()).isEqualTo("succeeded");
    assertThat(song.get("title").asText()).isEqualTo("North");
    assertThat(song.get("seed").asText()).isEqualTo("123");
    assertThat(song.get("duration").isNumber()).isTrue();
    assertThat(song.get("video_url").isNull()).isTrue();
    assertThat(song.get("created_at").asText()).matches(".*T\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(type(song, "audio_url")).isEqualTo("audio/mp4");
    assertThat(type(song, "wav_url")).isEqualTo("audio/wav");
    assertThat(type(song, "image_url")).isEqualTo("image/jpeg");
  }

  @Test
  void shouldSpeakTheOtherDialect() throws Exception {
    dialect(ProducerDialect.AIMUSICAPI);

    JsonNode answer = Caller.json(read(task(music())));

    assertThat(answer.get("status").asText()).isEqualTo("SUCCESS");
    assertThat(answer.get("data").get(0).fieldNames())
        .toIterable()
        .containsExactly(
            "clip_id", "title", "sound", "lyrics", "audio_url", "wav_url", "image_url");
    String failed = task(music().put("sound", "failsong"));
    assertThat(Caller.json(read(failed)).get("status").asText()).isEqualTo("FAILED");

    keepProcessing();
    change(settings -> settings.polls(polls -> polls.withAccepted(false)));
    JsonNode running = Caller.json(read(task(music())));
    assertThat(running.get("status").asText()).isEqualTo("PENDING");
    assertThat(running.get("data")).isEmpty();
  }

  @Test
  void shouldShowARunningSongWithoutItsEnd() throws Exception {
    keepProcessing();
    change(settings -> settings.polls(polls -> polls.withAccepted(false)));

    JsonNode song = data(task(music())).get(0);

    assertThat(song.get("state").asText()).isEqualTo("pending");
    assertThat(song.has("wav_url")).isFalse();
  }

  @Test
  void shouldMapOldModelsAndIgnoreOldWeights() throws Exception {
    JsonNode song =
        song(
            music()
                .put("mv", "FUZZ-1.0 Pro")
                .put("make_instrumental", true)
                .put("weirdness", 0.4)
                .put("sound_strength", 0.5)
                .put("lyrics_strength", 0.5));

    assertThat(song.get("mv").asText()).isEqualTo("FUZZ-2.0");
    assertThat(song.get("lyrics").asText()).isNotEqualTo("[Instrumental]");
    assertError(create(music().put("mv", "sonic-v5")), 400, "mv");
  }

  @Test
  void shouldMakeAnInstrumentalWhenTheSoundSaysSo() throws Exception {
    JsonNode song = song(music().put("sound", "ambient, instrumental"));

    assertThat(song.get("lyrics").asText()).isEqualTo("[Instrumental]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"sound\":\"folk\"}",
        "{\"task_type\":\"create_music\"}",
        "{\"task_type\":\"concat_music\",\"sound\":\"folk\"}",
        "{\"task_type\":\"create_music\",\"sound\":\"folk\",\"prompt\":\"rain\"}",
        "{\"task_type\":\"create_music\",\"sound\":\"folk\",\"seed\":5}",
        "{\"task_type\":\"create_music\",\"sound\":\"folk\",\"webhook_url\":\"nowhere\"}",
        "{\"task_type\":\"create_music\",\"sound\":\"folk\",\"webhook_url\":\"http://a.example/\"}"
      })
  void shouldRefuseBadCreate(String body) throws Exception {
    assertError(caller.post("/producer/create", body), 400);
  }

  @Test
  void shouldRefuseTooLongTitleAndWebhook() throws Exception {
    assertError(create(music().put("title", "x".repeat(81))), 400, "title is too long");
    String url = "https://a.example/" + "x".repeat(1024);
    assertError(create(music().put("webhook_url", url)), 400, "webhook_url is too long");
  }

  @Test
  void shouldExtendReplaceAndCover() throws Exception {
    JsonNode song = song(music());

    JsonNode extended =
        song(
            of("extend_music", song)
                .put("starts_at", 4)
                .put("length", 30)
                .put("instruction", "add a choir"));
    JsonNode replaced = song(of("replace_music", song).put("starts_at", 1).put("ends_at", 2.5));
    JsonNode cover = song(of("cover_music", song).put("strength", 0.4).put("sound", "metal"));

    assertThat(extended.get("duration").asDouble()).isGreaterThan(song.get("duration").asDouble());
    assertThat(audio(replaced)).isNotEqualTo(audio(song));
    assertThat(audio(cover)).isNotEqualTo(audio(song)).isNotEqualTo(audio(replaced));
  }

  @Test
  void shouldCoverAnUpload() throws Exception {
    String clip = uploaded(song(music()));

    assertThat(song(of("cover_music", clip).put("cover_strength", 1))).isNotEmpty();
    assertError(upload(song(music()).get("image_url").asText()), 400, "not audio");
  }

  @Test
  void shouldRefuseBadTransforms() throws Exception {
    JsonNode song = song(music());

    assertError(create(of("extend_music", song)), 400, "starts_at is required");
    ObjectNode extend = of("extend_music", song).put("starts_at", 4);
    assertError(create(extend.deepCopy().put("length", 0)), 400, "length");
    assertError(create(extend.deepCopy().put("length", 241)), 400, "length");
    assertError(create(extend.deepCopy().put("sound", "folk")), 400, "sound");
    assertError(create(of("replace_music", song).put("starts_at", 4)), 400, "ends_at is required");
    assertError(create(of("cover_music", song).put("strength", 2)), 400, "strength");
    assertError(create(of("cover_music", "unknown")), 400, "not a known clip");
    assertError(create(Json.object().put("task_type", "cover_music")), 400, "clip_id is required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"music_variation", "swap_music_vocals", "swap_music_sound"})
  void shouldHaveRetiredTypes(String type) throws Exception {
    assertRetired(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"extend_music", "replace_music", "cover_music", "music_variation"})
  void shouldHaveRetiredEverythingElseInTheOtherDialect(String type) throws Exception {
    dialect(ProducerDialect.AIMUSICAPI);

    assertRetired(type);
  }

  @Test
  void shouldDownloadByATask() throws Exception {
    JsonNode song = song(music());

    JsonNode mp3 = data(download(song.get("clip_id").asText(), "mp3")).get(0);
    JsonNode wav = data(download(song.get("clip_id").asText(), "wav")).get(0);

    assertThat(type(mp3, "audio_url")).isEqualTo("audio/mpeg");
    assertThat(type(wav, "audio_url")).isEqualTo("audio/wav");
    assertError(caller.post("/producer/download", "{\"clip_id\":\"x\",\"format\":\"mp3\"}"), 400);
    ObjectNode flac = Json.object().put("clip_id", song.get("clip_id").asText());
    assertError(
        caller.post("/producer/download", flac.put("format", "flac").toString()), 400, "format");
  }

  @Test
  void shouldShowNoFileBeforeItIsThere() throws Exception {
    String clip = song(music()).get("clip_id").asText();
    keepProcessing();
    change(settings -> settings.polls(polls -> polls.withAccepted(false)));

    assertThat(data(download(clip, "mp3")).get(0).has("audio_url")).isFalse();
  }

  @Test
  void shouldWriteLyrics() throws Exception {
    String task =
        Caller.json(caller.post("/producer/lyrics-create", "{\"prompt\":\"a paper boat\"}"))
            .get("task_id")
            .asText();

    assertThat(data(task).get(0).get("lyrics").asText()).contains("[Verse]");
    assertError(caller.post("/producer/lyrics-create", "{}"), 400, "prompt is required");
  }

  @Test
  void shouldCountCreditsDown() throws Exception {
    change(settings -> settings.account(account -> account.withCredits(13)));
    task(music());
    assertThat(credits()).isEqualTo(1);

    HttpResponse<byte[]> response = create(music());

    assertError(response, 402);
    assertThat(Caller.json(response).get("type").asText()).isEqualTo("insufficient_credits");
  }

  @Test
  void shouldCostLessInTheOtherDialect() throws Exception {
    change(settings -> settings.account(account -> account.withCredits(15)));
    dialect(ProducerDialect.AIMUSICAPI);
    String clip = song(music()).get("clip_id").asText();
    assertThat(credits()).isEqualTo(5);
    download(clip, "mp3");
    assertThat(credits()).isEqualTo(3);
    caller.post("/producer/lyrics-create", "{\"prompt\":\"rain\"}");
    assertThat(credits()).isEqualTo(2);
  }

  @Test
  void shouldFailInEachWay() throws Exception {
    String task = task(music().put("sound", "failsong"));

    assertThat(data(task).get(0).get("state").asText()).isEqualTo("failed");
    assertThat(data(task).get(0).has("audio_url")).isFalse();
    musicapi(musicapi -> musicapi.withFailure(TaskFailure.CODE));
    assertThat(Caller.json(read(task)).get("code").asInt()).isEqualTo(500);
    musicapi(musicapi -> musicapi.withFailure(TaskFailure.TIMEOUT));
    assertError(read(task), 504, "timed out");
  }

  @Test
  void shouldTellWhatWasWrongWithTheWordsAsSet() throws Exception {
    musicapi(musicapi -> musicapi.withModeration("Producer tag used"));

    assertError(create(music().put("sound", "a forbidden song")), 403, "Producer tag used");
  }

  private void dialect(ProducerDialect dialect) {
    musicapi(musicapi -> musicapi.withProducer(dialect));
  }

  private void assertRetired(String type) throws Exception {
    HttpResponse<byte[]> response = create(Json.object().put("task_type", type));

    assertError(response, 410);
    assertThat(Caller.json(response).get("type").asText()).isEqualTo("endpoint_retired");
  }

  private String download(String clip, String format) throws Exception {
    ObjectNode body = Json.object().put("clip_id", clip).put("format", format);
    return Caller.json(caller.post("/producer/download", body.toString())).get("task_id").asText();
  }

  private byte[] audio(JsonNode song) throws Exception {
    return caller.fetch(song.get("audio_url").asText()).body();
  }

  private String type(JsonNode song, String link) throws Exception {
    assertThat(song.get(link).asText()).startsWith(simulator.origin());
    return caller.fetch(song.get(link).asText()).headers().firstValue("Content-Type").orElse("");
  }

  private static ObjectNode music() {
    return Json.object().put("task_type", "create_music").put("sound", "folk about rain");
  }

  private static ObjectNode of(String type, JsonNode song) {
    return of(type, song.get("clip_id").asText());
  }

  private static ObjectNode of(String type, String clip) {
    return Json.object().put("task_type", type).put("clip_id", clip);
  }
}
