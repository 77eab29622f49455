package io.riffhook.processes;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.JobId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A caller as the API wants it: one that isn't sure whether its call arrived repeats it with the
 * same Idempotency-Key. Safe for use by many threads.
 */
final class Caller {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration CALL = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI api;
  private final Map<String, Integer> answers = new TreeMap<>();

  Caller(URI api) {
    this.api = api;
  }

  /**
   * A job that was accepted.
   *
   * @param key the Idempotency-Key
   * @param asked when it was first asked for
   * @param tries how many calls that took
   */
  record Accepted(JobId id, String key, Instant asked, int tries) {}

  /** A call was refused, or did not come through in all the time that a caller has. */
  static final class NotAcceptedException extends IOException {
    private static final long serialVersionUID = 1L;

    private NotAcceptedException(String message) {
      super(message);
    }
  }

  /** A request for a song in a format, under a reference that is its key, too. */
  static String body(String prompt, String reference, String... formats) {
    ObjectNode body = JSON.createObjectNode().put("prompt", prompt).put("reference", reference);
    for (String format : formats) {
      body.withArray("formats").add(format);
    }
    return body.toString();
  }

  /** Submits a job, again and again until it is accepted. */
  Accepted submit(String body, String key) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/v1/jobs"))
            .timeout(CALL)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    Instant asked = Instant.now();
    for (int tries = 1; ; tries++) {
      Optional<HttpResponse<String>> answer = send(request);
      int status = answer.map(HttpResponse::statusCode).orElse(0);
      if (status == 202) {
        String id = JSON.readTree(answer.orElseThrow().body()).path("id").asText();
        return new Accepted(new JobId(id), key, asked, tries);
      }
      boolean unsure = status == 0 || status == 409 || status >= 500;
      if (!unsure || Instant.now().isAfter(asked.plus(PATIENCE))) {
        throw new NotAcceptedException(
            key + " was answered " + status + answer.map(a -> " " + a.body()).orElse(""));
      }
      Thread.sleep(PAUSE);
    }
  }

  /** A job's status as the API shows it, or empty where the call does not come through. */
  Optional<String> status(JobId id) throws IOException, InterruptedException {
    Optional<HttpResponse<String>> answer =
        send(HttpRequest.newBuilder(api.resolve("/v1/jobs/" + id)).timeout(CALL).build());
    return answer.isPresent() && answer.get().statusCode() == 200
        ? Optional.of(JSON.readTree(answer.get().body()).path("status").asText())
        : Optional.empty();
  }

  /** Sends a callback, and gives the status of its answer. */
  int callBack(URI url, String body) throws InterruptedException {
    return send(HttpRequest.newBuilder(url)
            .timeout(CALL)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build())
        .map(HttpResponse::statusCode)
        .orElse(0);
  }

  private Optional<HttpResponse<String>> send(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      count(Integer.toString(answer.statusCode()));
      return Optional.of(answer);
    } catch (IOException e) {
      count(e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  private void count(String answer) {
    synchronized (answers) {
      answers.merge(answer, 1, Integer::sum);
    }
  }

  /** How often each status was answered, or which error came in its place. */
  Map<String, Integer> answers() {
    synchronized (answers) {
      return new TreeMap<>(answers);
    }
  }
}
