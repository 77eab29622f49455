package io.riffhook.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

  @Test
  void shouldGiveTheLeastTimeThatSoManyDoNotExceed() {
    Percentiles times =
        Percentiles.of(IntStream.rangeClosed(1, 200).mapToObj(Duration::ofMillis).toList());

    assertThat(times.at(50)).isEqualTo(Duration.ofMillis(100));
    assertThat(times.at(99)).isEqualTo(Duration.ofMillis(198));
    assertThat(times).hasToString("p50 0.10 s, p90 0.18 s, p99 0.20 s, most 0.20 s");
  }

  @Test
  void shouldGiveTheOnlyTime() {
    assertThat(Percentiles.of(List.of(Duration.ofSeconds(3))).at(1))
        .isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void shouldGiveNothingOfNothing() {
    assertThat(Percentiles.of(List.of()))
        .hasToString("p50 0.00 s, p90 0.00 s, p99 0.00 s, most 0.00 s");
  }
}
