package io.riffhook.domain;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The bucket, for what batches read and write: JSON lines of a few megabytes. */
public interface BatchFiles {
  /** Writes a file, in place of an older one. */
  void write(String key, byte[] lines);

  /** A file that was written. */
  byte[] read(String key);

  /** What was dropped; empty where it is gone, or another file has taken its place. */
  Optional<byte[]> read(Drop drop);

  /** A link that lets anybody read a file for a while. */
  URI link(String key, Duration life);
}
