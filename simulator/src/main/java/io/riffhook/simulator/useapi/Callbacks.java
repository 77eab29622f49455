package io.riffhook.simulator.useapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.settings.CallbackSettings;
import io.riffhook.simulator.settings.Wrapper;
import io.riffhook.simulator.useapi.SimulatedSong.Facts;
import io.riffhook.simulator.useapi.SimulatedSong.Status;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls {@code replyUrl}. That it is a POST of JSON, and what it holds, is deduced from the
 * vendor's other services: the song as {@code GET /music} gives it, and {@code replyRef} echoed.
 * Nothing is signed.
 */
final class Callbacks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final SongJson songs;

  Callbacks(SongJson songs) {
    this.songs = songs;
  }

  /** Tells how far the song is, 0 to 100. */
  void progress(SimulatedSong song, int percent, CallbackSettings settings)
      throws InterruptedException {
    ObjectNode body =
        songs.write(song).put("status", Status.PROCESSING.wire()).put("progress", percent);
    body.remove("download_url");
    body.remove("share_url");
    body.remove("image_url");
    post(song, body, settings);
  }

  /** Tells how the song ended, or, for a forged post, how it might. */
  void end(SimulatedSong song, Status status, CallbackSettings settings)
      throws InterruptedException {
    post(song, songs.write(song).put("status", status.wire()), settings);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private void post(SimulatedSong song, ObjectNode body, CallbackSettings settings)
      throws InterruptedException {
    if (song.facts().replyUrl().isEmpty() || settings.never()) {
      return;
    }
    Thread.sleep(settings.delay());
    String text = Json.text(wrap(song.facts(), body, settings.wrapper()));
    for (int copy = 0; copy <= settings.duplicates(); copy++) {
      deliver(song.facts().replyUrl(), text, settings.attempts());
    }
  }

  private void deliver(String url, String body, int attempts) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
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

  private static JsonNode wrap(Facts facts, ObjectNode song, Wrapper wrapper) {
    return switch (wrapper) {
      case NONE -> song;
      case OBJECT -> envelope(facts, song);
      case ARRAY -> Json.array().add(envelope(facts, song));
    };
  }

  private static ObjectNode envelope(Facts facts, ObjectNode song) {
    ObjectNode body = Json.object().put("job_id", facts.jobId()).put("user_id", facts.userId());
    if (!facts.replyRef().isEmpty()) {
      body.put("replyRef", facts.replyRef());
    }
    body.put("replyUrl", facts.replyUrl());
    return body.setAll(song);
  }
}
