package io.riffhook.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a run was measured on. */
final class Machine {
  private Machine() {}

  static String describe() throws IOException {
    Runtime runtime = Runtime.getRuntime();
    return "%d processors (%s), %d MiB of heap for the embedded services, load %s, Java %s"
        .formatted(
            runtime.availableProcessors(),
            processor(),
            runtime.maxMemory() >> 20,
            load(),
            Runtime.version().feature());
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return System.getProperty("os.arch", "unknown");
    }
    try (Stream<String> lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst(".*:\\s*", ""))
          .findFirst()
          .orElse("unknown");
    }
  }

  /** Over the last minute, ours with it: a machine that does something else besides is slower. */
  private static String load() throws IOException {
    Path load = Path.of("/proc/loadavg");
    return Files.exists(load) ? Files.readString(load).split(" ", 2)[0] : "unknown";
  }
}
