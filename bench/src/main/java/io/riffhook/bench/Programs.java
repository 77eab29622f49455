package io.riffhook.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The programs on the path. */
public final class Programs {
  private Programs() {}

  /** Whether there is one of that name. */
  public static boolean isThere(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }
}
