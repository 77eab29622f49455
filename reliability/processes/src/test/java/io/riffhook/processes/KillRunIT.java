package io.riffhook.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run with kills; docs/testing.md says how to start the long one. */
class KillRunIT {

  @Test
  void shouldLoseNothingAndBuyNothingTwiceWhileProcessesAreKilled(@TempDir Path folder)
      throws Exception {
    KillOptions options =
        new KillOptions(
            20,
            Duration.ofMinutes(4),
            8,
            Duration.ofMillis(600),
            6,
            8,
            20261121,
            0.02,
            Duration.ofMillis(300),
            Duration.ofMinutes(4),
            1,
            false,
            Path.of("..", "..").toAbsolutePath().normalize(),
            folder);

    KillRun.Result result = new KillRun(options).run();

    keepLogs(folder);
    String report = KillReport.of(result);
    assertThat(result.violations()).as(report).isEmpty();
    assertThat(result.verdict().statuses().values().stream().mapToInt(Integer::intValue).sum())
        .as("jobs that ended")
        .isEqualTo(20);
    assertThat(result.killed()).isGreaterThanOrEqualTo(6);
    assertThat(report).contains("lost                                0");
  }

  /** For the look through all output at the end of the build. */
  private static void keepLogs(Path folder) throws IOException {
    Path kept = Files.createDirectories(Path.of("target", "lambda-logs"));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        Files.copy(
            log, kept.resolve("kills-" + log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
