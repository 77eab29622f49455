package io.riffhook.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.bench.Contender.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Metric TIME = Metric.lower("time", "ms");
  private static final Metric RATE = Metric.higher("rate", "MB/s");
  private static final Machine HERE = new Machine(2, "some", 1024, "Linux", "Java", 0.1);

  private static Result result(Machine machine, Series... series) {
    return new Result(
        "x",
        "./riffhook bench x",
        "2026-11-21",
        1,
        machine,
        new Findings(List.of(series), List.of(), Map.of(), List.of(), List.of()));
  }

  private static Series series(Role role, Metric metric, Double... values) {
    return new Series("group", "one", role, metric, List.of(values));
  }

  @Test
  void shouldNameWhatGotWorseByMoreThanTheNoise() {
    Result before = result(HERE, series(Role.SUBJECT, TIME, 10.0, 11.0, 12.0));
    Result after = result(HERE, series(Role.SUBJECT, TIME, 14.0, 13.0, 15.0));

    List<Comparison.Regression> worse = Comparison.worse(before, after);
    assertThat(worse).hasSize(1);
    assertThat(worse.getFirst().factor()).isEqualTo(14.0 / 11);
    assertThat(worse.getFirst().toString()).contains("one", "time", "14", "was 11");
  }

  @Test
  void shouldKnowThatOfSomeThingsMoreIsBetter() {
    Result before = result(HERE, series(Role.SUBJECT, RATE, 100.0, 110.0));
    assertThat(Comparison.worse(before, result(HERE, series(Role.SUBJECT, RATE, 50.0, 60.0))))
        .hasSize(1);
    assertThat(Comparison.worse(before, result(HERE, series(Role.SUBJECT, RATE, 500.0, 600.0))))
        .isEmpty();
  }

  @Test
  void shouldTakeWhatIsWithinTheSpreadForNoise() {
    Result before = result(HERE, series(Role.SUBJECT, TIME, 10.0, 11.0, 20.0));
    assertThat(Comparison.worse(before, result(HERE, series(Role.SUBJECT, TIME, 18.0, 19.0))))
        .as("within what it was")
        .isEmpty();
    assertThat(Comparison.worse(before, result(HERE, series(Role.SUBJECT, TIME, 10.5, 25.0, 26.0))))
        .as("sometimes as good as it was")
        .isEmpty();
  }

  @Test
  void shouldNotCallAFewHundredthsWorse() {
    Result before = result(HERE, series(Role.SUBJECT, TIME, 100.0));
    assertThat(Comparison.worse(before, result(HERE, series(Role.SUBJECT, TIME, 104.0)))).isEmpty();
    assertThat(Comparison.worse(before, result(HERE, series(Role.SUBJECT, TIME, 106.0))))
        .hasSize(1);
  }

  @Test
  void shouldNotJudgePeers() {
    Result before = result(HERE, series(Role.PEER, TIME, 10.0));
    assertThat(Comparison.worse(before, result(HERE, series(Role.PEER, TIME, 100.0)))).isEmpty();
  }

  @Test
  void shouldKnowAnotherMachine() {
    Machine other = new Machine(4, "some", 1024, "Linux", "Java", 0.1);
    assertThat(Comparison.isOnTheSameMachine(result(HERE), result(HERE))).isTrue();
    assertThat(Comparison.isOnTheSameMachine(result(HERE), result(other))).isFalse();
  }
}
