package io.riffhook.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run with kills of {@code up}; docs/testing.md says how to start the long one. */
class MachineKillRunIT {

  @Test
  void shouldLoseNothingWhileTheWholeMachineIsKilled(@TempDir Path folder) throws Exception {
    MachineKillRun.Result result =
        new MachineKillRun(
                new MachineKillRun.Options(
                    20,
                    5,
                    20261201,
                    0.05,
                    Duration.ofMinutes(5),
                    Path.of("..", "..").toAbsolutePath().normalize(),
                    folder))
            .run();

    assertThat(result.violations()).as(result.report()).isEmpty();
    assertThat(result.lost()).isZero();
    assertThat(result.statuses().values().stream().mapToInt(Integer::intValue).sum())
        .isGreaterThanOrEqualTo(20);
    assertThat(result.kills()).isGreaterThanOrEqualTo(3);
    assertThat(result.soon()).isGreaterThanOrEqualTo(2);
  }
}
