package io.riffhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.simulator.settings.CreateShape;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Audio and pictures that useapi takes for songs. */
class UploadTest extends SimulatorContract {
  @Test
  void shouldTakeAudioAsTheOlderPageHasIt() throws Exception {
    change(settings -> settings.generation(generation -> generation.withDuration(Duration.ZERO)));
    String id = Caller.json(audio("hum", "audio/mpeg", "ID3")).path("job_id").asText();
    JsonNode status = Caller.json(caller.get("/music/upload-audio/?id=" + id));
    assertThat(status.path("status").asText()).isEqualTo("complete");
    assertThat(status.has("transcribed_lyrics")).isTrue();
    assertThat(compose("\"audio_upload_id\":\"" + id + "\"").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldTakeAudioAsTheNewerPageHasIt() throws Exception {
    change(settings -> settings.create(create -> create.withShape(CreateShape.JOBS)));
    JsonNode taken = Caller.json(audio("hum", "audio/wav", "RIFF"));
    String id = taken.path("audio_upload_id").asText();
    assertThat(taken.path("id").asText())
        .isEqualTo(id + ":" + taken.path("transcription_job_id").asText());
    JsonNode status =
        Caller.json(caller.get("/music/upload-audio/?id=" + taken.path("id").asText()));
    assertThat(status.path("audio_upload_id").asText()).isEqualTo(id);
    assertThat(status.path("name").asText()).isEqualTo("hum");
  }

  @Test
  void shouldKeepAudioPendingForAWhile() throws Exception {
    change(
        settings ->
            settings.generation(generation -> generation.withDuration(Duration.ofHours(1))));
    String id = Caller.json(audio("hum", "audio/mp4", "ftyp")).path("job_id").asText();
    assertThat(Caller.json(caller.get("/music/upload-audio/?id=" + id)).path("status").asText())
        .isEqualTo("pending");
    HttpResponse<byte[]> refused = compose("\"audio_upload_id\":\"" + id + "\"");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(Caller.json(refused).path("error").asText()).contains("pending");
  }

  @Test
  void shouldTakePictures() throws Exception {
    JsonNode image = Caller.json(caller.post("/music/upload-image/", "image/png", "a picture"));
    assertThat(image.path("Key").asText()).startsWith("riffs/" + USER + "/image/");
    String id = image.path("image_id").asText();
    assertThat(compose("\"image_id\":\"" + id + "\"").statusCode()).isEqualTo(200);
    assertThat(compose("\"image_id\":\"nobody\"").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "upload-audio/, audio/mpeg, x",
    "upload-audio/?file_name=a, text/plain, x",
    "upload-audio/?file_name=a, audio/mpeg, ''",
    "upload-audio/?file_name=a&user_id=nobody, audio/mpeg, x",
    "upload-image/, audio/mpeg, x"
  })
  void shouldRefuseOtherUploads(String path, String type, String body) throws Exception {
    assertThat(caller.post("/music/" + path, type, body).statusCode()).isEqualTo(400);
  }

  @Test
  void shouldKnowNoOtherAudio() throws Exception {
    assertThat(caller.get("/music/upload-audio/?id=nobody").statusCode()).isEqualTo(400);
    assertThat(caller.get("/music/upload-audio/").statusCode()).isEqualTo(400);
    assertThat(compose("\"audio_upload_id\":\"nobody\"").statusCode()).isEqualTo(400);
  }

  private HttpResponse<byte[]> audio(String name, String type, String body) throws Exception {
    return caller.post("/music/upload-audio/?file_name=" + name, type, body);
  }

  private HttpResponse<byte[]> compose(String more) throws Exception {
    return caller.post("/music/create-compose", "{\"prompt_1\":\"lo-fi\"," + more + "}");
  }
}
