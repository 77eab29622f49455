package io.riffhook.domain;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The files of batches in memory. A file's etag is what it says itself. */
public final class InMemoryBatchFiles implements BatchFiles {
  private final Map<String, byte[]> files = new HashMap<>();

  @Override
  public synchronized void write(String key, byte[] lines) {
    files.put(key, lines.clone());
  }

  @Override
  public synchronized byte[] read(String key) {
    return find(key).orElseThrow(() -> new IllegalStateException("there is no " + key));
  }

  @Override
  public synchronized Optional<byte[]> read(Drop drop) {
    return find(drop.key()).filter(bytes -> etag(bytes).equals(drop.etag()));
  }

  @Override
  public URI link(String key, Duration life) {
    return URI.create("memory:/" + key.replace(" ", "%20"));
  }

  /** What lies under a key. */
  public synchronized Optional<byte[]> find(String key) {
    return Optional.ofNullable(files.get(key)).map(byte[]::clone);
  }

  /** What a file's content is called. */
  public static String etag(byte[] bytes) {
    return "\"" + java.util.Arrays.hashCode(bytes) + "\"";
  }
}
