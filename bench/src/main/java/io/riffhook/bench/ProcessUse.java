package io.riffhook.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process used so far, as Linux counts it.
 *
 * @param cpuMillis user and system time of all its threads
 * @param peakMiB the most memory it ever held at once
 */
public record ProcessUse(double cpuMillis, double peakMiB) {
  /** Linux counts CPU time for people in hundredths of a second, whatever the machine. */
  private static final double TICK_MILLIS = 10;

  /** A process that has ended, of which Linux tells no more. */
  public static final class GoneException extends IOException {
    private static final long serialVersionUID = 1L;

    private GoneException(Path status) {
      super("no VmHWM in " + status);
    }
  }

  /**
   * What a running process used.
   *
   * @throws GoneException where it runs no more
   */
  public static ProcessUse of(long pid) throws IOException {
    Path folder = Path.of("/proc", Long.toString(pid));
    String stat = Files.readString(folder.resolve("stat"));
    // After the name, which is in brackets and may hold anything: the 14th and 15th field of all.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    double ticks = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
    return new ProcessUse(ticks * TICK_MILLIS, peak(folder.resolve("status")));
  }

  /**
   * The CPU time of all threads to the nanosecond, as the scheduler counts it; what the other count
   * is too coarse for.
   */
  public static double cpuNanos(long pid) throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      double sum = 0;
      for (Path task : tasks.toList()) {
        sum += Double.parseDouble(Files.readString(task.resolve("schedstat")).split(" ", 2)[0]);
      }
      return sum;
    }
  }

  private static double peak(Path status) throws IOException {
    return Files.readString(status)
        .lines()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow(() -> new GoneException(status));
  }
}
