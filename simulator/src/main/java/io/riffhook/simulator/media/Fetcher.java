package io.riffhook.simulator.media;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Fetches audio that a caller gives by URL, as a provider does: one GET, no HEAD before it. Plain
 * HTTP is taken too: tests serve their files on the loopback.
 */
public final class Fetcher implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LARGEST = 50 << 20;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  /** What came of a fetch. */
  public sealed interface Fetched {
    /**
     * Audio.
     *
     * @param bytes the size of the file
     */
    record Audio(int bytes) implements Fetched {}

    /**
     * Nothing that can be used.
     *
     * @param why for the error text; never holds the URL
     */
    record Unusable(String why) implements Fetched {}
  }

  /** Fetches a file of at most 50 MiB and looks whether it is audio. */
  public Fetched fetch(String url) {
    Optional<HttpRequest> request = request(url);
    if (request.isEmpty()) {
      return new Fetched.Unusable("url is not a valid URL");
    }
    try {
      HttpResponse<InputStream> response = http.send(request.get(), BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        byte[] bytes = body.readNBytes(LARGEST + 1);
        if (response.statusCode() != 200) {
          return new Fetched.Unusable("url answered " + response.statusCode());
        }
        if (bytes.length > LARGEST) {
          return new Fetched.Unusable("file is too large");
        }
        return isAudio(bytes)
            ? new Fetched.Audio(bytes.length)
            : new Fetched.Unusable("file is not audio");
      }
    } catch (IOException e) {
      return new Fetched.Unusable("url cannot be fetched");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Fetched.Unusable("url cannot be fetched");
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private static Optional<HttpRequest> request(String url) {
    try {
      return Optional.of(HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).GET().build());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Knows WAV, MP4, MP3, FLAC and Ogg by their first bytes, whatever type the server claims. */
  public static boolean isAudio(byte[] bytes) {
    if (bytes.length < 12) {
      return false;
    }
    String head = new String(bytes, 0, 12, StandardCharsets.ISO_8859_1);
    boolean frame = (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xE0) == 0xE0;
    return (head.startsWith("RIFF") && head.startsWith("WAVE", 8))
        || head.startsWith("ftyp", 4)
        || head.startsWith("ID3")
        || head.startsWith("fLaC")
        || head.startsWith("OggS")
        || frame;
  }
}
