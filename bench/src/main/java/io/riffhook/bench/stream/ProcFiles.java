package io.riffhook.bench.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux knows of this process. */
final class ProcFiles {
  /** The unit of times in {@code stat}, on every Linux that there is. */
  private static final double TICKS_PER_SECOND = 100;

  private ProcFiles() {}

  /** The processor time of all of its threads until now, in user and system mode. */
  static double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    // The second field is the name in brackets, which may hold anything.
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS_PER_SECOND;
  }

  /** The most memory that was resident until now, in KiB. */
  static long peakKib() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0L);
  }
}
