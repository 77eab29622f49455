package io.riffhook.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run was measured on.
 *
 * @param processors how many of them
 * @param processor which
 * @param memoryMiB of the machine, 0 where it does not tell
 * @param system operating system and its version
 * @param java the JVM's version and maker
 * @param load of the machine over the minute before the run; what else runs makes all slower
 */
public record Machine(
    int processors, String processor, long memoryMiB, String system, String java, double load) {

  /** This machine, now. */
  static Machine here() throws IOException {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        line("/proc/cpuinfo", "model name").orElse(System.getProperty("os.arch", "unknown")),
        line("/proc/meminfo", "MemTotal")
                .map(total -> Long.parseLong(total.replaceAll("\\D", "")))
                .orElse(0L)
            / 1024,
        System.getProperty("os.name", "unknown") + " " + System.getProperty("os.version", ""),
        "%s %s".formatted(System.getProperty("java.vm.vendor", "unknown"), Runtime.version()),
        currentLoad());
  }

  private static double currentLoad() throws IOException {
    Path load = Path.of("/proc/loadavg");
    return Files.exists(load) ? Double.parseDouble(Files.readString(load).split(" ", 2)[0]) : 0;
  }

  private static Optional<String> line(String file, String name) throws IOException {
    Path path = Path.of(file);
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(path)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.replaceFirst("[^:]*:\\s*", ""))
          .findFirst();
    }
  }
}
