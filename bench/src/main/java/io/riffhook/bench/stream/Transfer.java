package io.riffhook.bench.stream;

import io.riffhook.bench.Contender;
import io.riffhook.bench.Cores;
import io.riffhook.bench.Metric;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of a contender: a process that brings files from the provider into S3, some times over,
 * and prints {@code done SECONDS CPU-SECONDS PEAK-KIB} after each.
 *
 * @param bytes of each file
 * @param atOnce how many files at a time
 * @param times how many times
 */
record Transfer(
    Servers servers,
    List<String> command,
    Map<String, String> environment,
    Path log,
    long bytes,
    int atOnce,
    int times,
    Kind kind)
    implements Contender.Trial {

  /** What is run. */
  enum Kind {
    /** A program that tells of itself. */
    PROGRAM,
    /** A program that tells of others, which it runs: its own start does not count. */
    RUNNER,
    /** The same, and nothing is stored. */
    READER
  }

  static final Metric WHOLE = Metric.higher("from the process's start", "MB/s");
  static final Metric STEADY = Metric.higher("steady", "MB/s");
  static final Metric WHOLE_CPU = Metric.lower("CPU from the start", "s");
  static final Metric STEADY_CPU = Metric.lower("CPU, steady", "s");
  static final Metric PEAK = Metric.lower("peak memory", "MiB");

  private static final double MB = 1e6;

  /** What a process told after bringing all files once. */
  private record Done(double atSeconds, double seconds, double cpuSeconds, long peakKib) {
    static Done of(String line, long startNanos) {
      String[] words = line.split(" ", -1);
      return new Done(
          (System.nanoTime() - startNanos) / 1e9,
          Double.parseDouble(words[1]),
          Double.parseDouble(words[2]),
          Long.parseLong(words[3]));
    }
  }

  @Override
  public Map<Metric, Double> run() throws Exception {
    var _ = servers.counted();
    List<Done> done = new ArrayList<>();
    ProcessBuilder builder =
        new ProcessBuilder(Cores.command(Cores.measured(), command))
            .redirectError(ProcessBuilder.Redirect.to(log.toFile()));
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("done ")) {
          done.add(Done.of(line, start));
        }
      }
    }
    if (process.waitFor() != 0 || done.size() != times) {
      throw new IOException(
          "%s ended with %d: %s"
              .formatted(command.getFirst(), process.exitValue(), Files.readString(log)));
    }
    check();
    return measured(done);
  }

  private void check() throws Exception {
    Servers.Counted counted = servers.counted();
    Servers.Counted wanted =
        kind == Kind.READER
            ? new Servers.Counted(0, 0)
            : new Servers.Counted(bytes * atOnce * times, atOnce * times);
    if (!counted.equals(wanted)) {
      throw new IOException("S3 has %s, not %s".formatted(counted, wanted));
    }
  }

  private Map<Metric, Double> measured(List<Done> done) {
    Map<Metric, Double> measured = new LinkedHashMap<>();
    double megabytes = bytes * atOnce / MB;
    measured.put(
        WHOLE,
        megabytes
            / (kind == Kind.PROGRAM ? done.getFirst().atSeconds() : done.getFirst().seconds()));
    if (times > 1) {
      measured.put(STEADY, megabytes / done.getLast().seconds());
    }
    measured.put(WHOLE_CPU, done.getFirst().cpuSeconds());
    if (times > 1) {
      measured.put(STEADY_CPU, done.getLast().cpuSeconds() - done.get(times - 2).cpuSeconds());
    }
    measured.put(PEAK, done.getLast().peakKib() / 1024.0);
    return measured;
  }
}
