package io.riffhook.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.riffhook.local.Loopback;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The HTTP interface of a running system. */
final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final String base;
  private final Optional<Credential> credential;

  /** As whoever calls without a key there. */
  Api(URI base) {
    this(base, Optional.empty());
  }

  /**
   * With a key, if there is one.
   *
   * @throws CliException if the key would go over a network in the clear
   */
  Api(URI base, Optional<Credential> credential) {
    this.base = base.toString().replaceAll("/+$", "");
    this.credential = credential;
    if (credential.isPresent() && !"https".equals(base.getScheme()) && !isOnThisMachine()) {
      throw new CliException(
          ExitCode.USAGE,
          "%s is sent over https only, and %s is not https"
              .formatted(Credential.VARIABLE, this.base));
    }
  }

  /** Where it is. */
  String base() {
    return base;
  }

  /** Whether it is served on this machine's loopback. */
  boolean isOnThisMachine() {
    return Loopback.isHostOf(URI.create(base));
  }

  JobView submit(JsonNode body) {
    return JobView.of(post("/v1/jobs", body));
  }

  JsonNode post(String path, JsonNode body) {
    return call(
        request(path)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  JsonNode get(String path) {
    return call(request(path));
  }

  void delete(String path) {
    call(request(path).DELETE());
  }

  JobView job(String id) {
    return JobView.of(get("/v1/jobs/" + segment(id)));
  }

  /** What is there, or nothing where there is no such thing. */
  Optional<JsonNode> find(String path) {
    HttpResponse<String> answer =
        send(request(path), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    return answer.statusCode() == 404 ? Optional.empty() : Optional.of(success(answer));
  }

  /** The bytes of an asset, from where the API says they are. */
  InputStream open(String song, String asset) {
    String name =
        Arrays.stream(asset.split("/")).map(Api::segment).collect(Collectors.joining("/"));
    return follow("/v1/songs/" + segment(song) + "/assets/" + name, asset);
  }

  /** What became of a batch's jobs. */
  InputStream report(String batch) {
    return follow("/v1/batches/" + segment(batch) + "/report", "the report");
  }

  private InputStream follow(String path, String what) {
    HttpResponse<String> answer =
        send(request(path), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (answer.statusCode() != 302) {
      throw refused(answer);
    }
    URI link = URI.create(answer.headers().firstValue("location").orElseThrow());
    HttpResponse<InputStream> file =
        send(
            HttpRequest.newBuilder(link).timeout(PATIENCE),
            HttpResponse.BodyHandlers.ofInputStream());
    if (file.statusCode() != 200) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          "%s cannot be fetched: its link answered %d".formatted(what, file.statusCode()));
    }
    return file.body();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    credential.ifPresent(each -> request.header("Authorization", each.header()));
    return request;
  }

  private JsonNode call(HttpRequest.Builder request) {
    return success(send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
  }

  private static JsonNode success(HttpResponse<String> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw refused(answer);
    }
    return body(answer);
  }

  private <T> HttpResponse<T> send(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request.build(), handler);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          "nothing answers at %s. Start it with ./riffhook up, or say where it is with --url."
              .formatted(base),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.INTERRUPTED, "interrupted", e);
    }
  }

  private static JsonNode body(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance(); // not from us; its status says enough
    }
  }

  private static CliException refused(HttpResponse<String> answer) {
    return new RefusedException(answer.statusCode(), body(answer), retryAfter(answer));
  }

  /** Seconds, as we give it; whoever else answers may give a date, which is left out. */
  private static Optional<Duration> retryAfter(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("retry-after")
        .filter(value -> value.matches("[0-9]{1,9}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }

  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
