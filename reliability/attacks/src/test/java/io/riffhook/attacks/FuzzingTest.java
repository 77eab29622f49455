package io.riffhook.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs each fuzz test in a process of its own, two at a time: the fuzzer counts what the whole
 * process covers. What one finds is in its log and in a file of its own, both in {@code
 * target/fuzz}.
 */
final class FuzzingTest {
  private static final int AT_A_TIME = 2;

  /** Beyond the time that it was given, for start and end on a machine that is busy. */
  private static final long GRACE_SECONDS = 600;

  private static final List<String> JVM =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+EnableDynamicAgentLoading",
          // What takes more than this for some input is found as well.
          "-Xmx256m",
          "-Djazzer.instrument=io.riffhook.**");

  private final Path folder = Path.of("target", "fuzz").toAbsolutePath();
  private final long seconds = Long.getLong("fuzz.duration", 4);

  @Test
  void shouldFindNothing() throws Exception {
    Files.createDirectories(folder);
    Map<String, Future<String>> runs = new TreeMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
      for (String test : tests()) {
        runs.put(test, threads.submit(() -> found(test)));
      }
    }
    assertThat(runs).isNotEmpty();
    for (Map.Entry<String, Future<String>> run : runs.entrySet()) {
      assertThat(run.getValue().get()).as("found by %s", run.getKey()).isEmpty();
    }
  }

  /** The fuzz tests that there are, by their classes' names. */
  private static List<String> tests() throws IOException, URISyntaxException {
    Path classes =
        Path.of(FuzzingTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String wanted = System.getProperty("fuzz.test", "FuzzTest");
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(file -> file.endsWith("FuzzTest.class") && file.contains(wanted))
          .map(file -> file.replace(".class", "").replaceAll("[/\\\\]", "."))
          .sorted()
          .toList();
    }
  }

  /** What a fuzz test found; empty where that is nothing. */
  private String found(String test) throws IOException, InterruptedException {
    Path log = folder.resolve(test.substring(test.lastIndexOf('.') + 1) + ".log");
    Process process = start(test, log);
    try {
      if (!process.waitFor(seconds + GRACE_SECONDS, TimeUnit.SECONDS)) {
        return "an input that takes for ever; see " + log;
      }
      return process.exitValue() == 0 ? "" : "see " + log + "\n" + told(log);
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(String test, Path log) throws IOException {
    List<String> command =
        Stream.of(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                JVM.stream(),
                Stream.of(
                    "-cp", System.getProperty("java.class.path"), FuzzMain.class.getName(), test))
            .flatMap(part -> part)
            .toList();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAZZER_FUZZ", "1");
    builder.environment().put("JAZZER_MAX_DURATION", seconds + "s");
    // Thousands of inputs a second are refused, and each would say so.
    builder.environment().put("AWS_LAMBDA_LOG_LEVEL", "ERROR");
    return builder.start();
  }

  /** What matters of a log: the input, and the failure at its end. */
  private static String told(Path log) throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.startsWith("INFO:") && !line.startsWith("#"))
            .toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
  }
}
