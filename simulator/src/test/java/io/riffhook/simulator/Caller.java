package io.riffhook.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Calls a simulator over real HTTP. */
final class Caller implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Simulator simulator;
  private final String baseUrl;

  /** Somebody who calls useapi. */
  Caller(Simulator simulator) {
    this(simulator, "/v1/riffusion");
  }

  /** Somebody who calls the provider that is mounted at a path. */
  Caller(Simulator simulator, String mount) {
    this.simulator = simulator;
    this.baseUrl = simulator.origin() + mount;
  }

  HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return send(authorized(baseUrl + path).GET());
  }

  HttpResponse<byte[]> delete(String path) throws IOException, InterruptedException {
    return send(authorized(baseUrl + path).DELETE());
  }

  HttpResponse<byte[]> post(String path, String json) throws IOException, InterruptedException {
    return post(path, "application/json", json);
  }

  HttpResponse<byte[]> post(String path, String type, String body)
      throws IOException, InterruptedException {
    return send(
        authorized(baseUrl + path)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<byte[]> fetch(String url) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url)));
  }

  HttpResponse<byte[]> put(String url, String body) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofString(body)));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpRequest.Builder authorized(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", "Bearer " + simulator.token());
  }

  /** Creates a song by its prompt and gives the id of its job. */
  String create(String prompt) throws IOException, InterruptedException {
    return json(post("/music/create-prompt", "{\"prompt\":\"" + prompt + "\"}"))
        .get("job_id")
        .asText();
  }

  static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    return JsonMapper.builder().build().readTree(response.body());
  }

  @Override
  public void close() {
    http.close();
  }
}
