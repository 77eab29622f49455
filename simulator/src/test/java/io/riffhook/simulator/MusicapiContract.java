package io.riffhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.settings.MusicapiSettings;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.UnaryOperator;

/** What the tests of both platforms of musicapi.ai share. */
abstract class MusicapiContract extends SimulatorContract {
  final String platform;

  MusicapiContract(String platform) {
    this.platform = platform;
  }

  @Override
  String mount() {
    return "/musicapi/api/v1";
  }

  void musicapi(UnaryOperator<MusicapiSettings> how) {
    change(settings -> settings.providers(providers -> providers.musicapi(how)));
  }

  HttpResponse<byte[]> create(ObjectNode body) throws Exception {
    return caller.post("/" + platform + "/create", body.toString());
  }

  /** Creates and gives the id of the task. */
  String task(ObjectNode body) throws Exception {
    HttpResponse<byte[]> response = create(body);
    assertThat(response.statusCode()).as(body(response)).isEqualTo(200);
    JsonNode answer = Caller.json(response);
    assertThat(answer.get("message").asText()).isEqualTo("success");
    return answer.get("task_id").asText();
  }

  HttpResponse<byte[]> read(String task) throws Exception {
    return caller.get("/" + platform + "/task/" + task);
  }

  JsonNode data(String task) throws Exception {
    HttpResponse<byte[]> response = read(task);
    assertThat(response.statusCode()).isEqualTo(200);
    return Caller.json(response).get("data");
  }

  /** A finished song of a task. */
  JsonNode song(ObjectNode body) throws Exception {
    return data(task(body)).get(0);
  }

  HttpResponse<byte[]> upload(String url) throws Exception {
    return caller.post("/" + platform + "/upload", Json.object().put("url", url).toString());
  }

  /** Uploads a song that the simulator made, and gives the id of the clip. */
  String uploaded(JsonNode song) throws Exception {
    return Caller.json(upload(song.get("audio_url").asText())).get("clip_id").asText();
  }

  int credits() throws Exception {
    return Caller.json(caller.get("/get-credits")).get("credits").asInt();
  }

  static void assertError(HttpResponse<byte[]> response, int status, String... words)
      throws Exception {
    assertThat(response.statusCode()).as(body(response)).isEqualTo(status);
    String error = Caller.json(response).get("error").asText();
    assertThat(error).isNotBlank();
    assertThat(List.of(words)).allSatisfy(word -> assertThat(error).contains(word));
  }

  static String body(HttpResponse<byte[]> response) {
    return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
