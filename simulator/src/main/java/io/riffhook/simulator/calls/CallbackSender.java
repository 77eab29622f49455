package io.riffhook.simulator.calls;

import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.settings.CallbackSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts callbacks: late, twice, again or never, as the settings want. */
public final class CallbackSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackSender.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  /** Sends a callback without headers of its own. */
  public void send(Post post, CallbackSettings settings) throws InterruptedException {
    send(post, body -> Map.of(), settings);
  }

  /** Sends a callback; duplicates are equal in all, also in their headers. */
  public void send(Post post, Post.Headers headers, CallbackSettings settings)
      throws InterruptedException {
    if (post.url().isEmpty() || settings.never()) {
      return;
    }
    Thread.sleep(settings.delay());
    String body = Json.text(post.body());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(post.url()))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    headers.of(body).forEach(request::header);
    for (int copy = 0; copy <= settings.duplicates(); copy++) {
      deliver(request.build(), settings.attempts());
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private void deliver(HttpRequest request, int attempts) throws InterruptedException {
    for (int attempt = 1; attempt <= attempts; attempt++) {
      try {
        int status = http.send(request, BodyHandlers.discarding()).statusCode();
        if (status / 100 == 2) {
          return;
        }
        LOG.warn("Callback was answered {} (attempt {} of {})", status, attempt, attempts);
      } catch (IOException e) {
        LOG.warn("Callback failed (attempt {} of {}): {}", attempt, attempts, e.toString());
      }
    }
  }
}
