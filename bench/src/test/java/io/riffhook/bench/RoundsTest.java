package io.riffhook.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private static final Metric TIME = Metric.lower("time", "ms");

  private final List<String> ran = new ArrayList<>();
  private final List<String> said = new ArrayList<>();

  private Contender contender(String name) {
    return Contender.subject(
        name,
        () -> {
          ran.add(name);
          return Map.of(TIME, (double) ran.size());
        });
  }

  @Test
  void shouldRunContendersInTurnAndNotCountTheFirstRounds() throws Exception {
    List<Series> series =
        new Rounds(said::add).run("group", List.of(contender("a"), contender("b")), 1, 2);

    assertThat(ran).containsExactly("a", "b", "a", "b", "a", "b");
    assertThat(series).extracting(Series::contender).containsExactly("a", "b");
    assertThat(series.get(0).values()).containsExactly(3.0, 5.0);
    assertThat(series.get(1).values()).containsExactly(4.0, 6.0);
    assertThat(said).hasSize(6);
    assertThat(said.getFirst()).contains("warm-up", "a", "1.00 ms");
  }

  @Test
  void shouldEndWithAContenderThatDoesNotDoItsWork() {
    Contender broken =
        Contender.peer(
            "broken",
            () -> {
              throw new IllegalStateException("it answered 500");
            });
    assertThatThrownBy(() -> new Rounds(said::add).run("group", List.of(broken), 0, 1))
        .hasMessage("it answered 500");
  }

  @Test
  void shouldKnowTheMiddleOfValues() {
    assertThat(series(3.0, 1.0, 2.0).median()).isEqualTo(2);
    assertThat(series(4.0, 1.0, 2.0, 3.0).median()).isEqualTo(2.5);
    assertThat(series(4.0, 1.0, 2.0).min()).isEqualTo(1);
    assertThat(series(4.0, 1.0, 2.0).max()).isEqualTo(4);
    assertThatThrownBy(() -> series()).isInstanceOf(IllegalArgumentException.class);
  }

  private static Series series(Double... values) {
    return new Series("group", "a", Contender.Role.SUBJECT, TIME, List.of(values));
  }

  @Test
  void shouldShowThreeDigits() {
    assertThat(List.of(0.0, 0.001234, 0.25, 12.345, 123.4, 98765.4))
        .extracting(Numbers::of)
        .containsExactly("0", "0.00123", "0.25", "12.3", "123", "98765");
    assertThat(Numbers.of(1_234_567)).isEqualTo("1,234,567");
  }

  @Test
  void shouldJudgeByItsBound() {
    assertThat(Verdict.atMost("x", 2, "×", 2).isMet()).isTrue();
    assertThat(Verdict.atMost("x", 2.1, "×", 2).isMet()).isFalse();
    assertThat(Verdict.atLeast("x", 2, "×", 2).isMet()).isTrue();
    assertThat(Verdict.atLeast("x", 1.9, "×", 2).isMet()).isFalse();
  }
}
