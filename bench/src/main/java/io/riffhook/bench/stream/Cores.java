package io.riffhook.bench.stream;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which core a process may use: the servers one, what is measured another. */
enum Cores {
  SERVERS("0"),
  CLIENT("1");

  private final String core;

  Cores(String core) {
    this.core = core;
  }

  /** Whether processes can be bound to cores here. */
  static boolean areSeparate() {
    return Runtime.getRuntime().availableProcessors() > 1 && Tools.isThere("taskset");
  }

  /** A command, bound to the core where that can be. */
  List<String> command(List<String> command) {
    List<String> bound = new ArrayList<>();
    if (areSeparate()) {
      bound.addAll(List.of("taskset", "-c", core));
    }
    bound.addAll(command);
    return bound;
  }

  /** Programs on the path. */
  static final class Tools {
    private Tools() {}

    static boolean isThere(String name) {
      return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
          .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }
  }
}
