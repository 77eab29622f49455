package io.riffhook.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
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

    String report = KillReport.of(result);
    assertThat(result.violations()).as(report).isEmpty();
    assertThat(result.verdict().statuses().values().stream().mapToInt(Integer::intValue).sum())
        .as("jobs that ended")
        .isEqualTo(20);
    assertThat(result.killed()).isGreaterThanOrEqualTo(6);
    assertThat(report).contains("lost                                0");
  }
}
