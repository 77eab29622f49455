package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DelaysTest {

  @ParameterizedTest(name = "{0} {1}: {2} to {3} s")
  @CsvSource({
    "submission,   1,  10,  30",
    "submission,   2,  20,  60",
    "submission,   3,  40, 120",
    "submission,   7, 640, 900",
    "submission, 999, 900, 900",
    "account,      1, 120, 150",
    "account,      4, 900, 900",
    "collect,      1,   3,   4",
    "collect,      5,  48,  60",
    "asset,        1,   5,   7",
    "asset,        2,  20,  25",
    "asset,        8, 900, 900",
    "calledBack,   1, 180, 225",
    "calledBack,   2, 360, 450",
    "calledBack,  99, 900, 900",
    "polled,       1,   8,  10",
    "polled,       3,   8,  10",
    "polled,       4,  16,  20",
    "polled,       7,  32,  40",
    "polled,      99, 120, 120",
    "prepare,      1,   2,   3",
    "prepare,     99,  60,  60",
    "source,       1,   2,   3",
    "source,       7, 128, 160",
    "source,      99, 900, 900",
    // Seconds that it has waited.
    "room,         0,  30,  38",
    "room,        60,  30,  38",
    "room,       600, 300, 375",
    "room,    300000, 900, 900",
    "room,       -60,  30,  38",
    // Numbers that no caller gives must not make a wait negative, or none.
    "submission,   0,  10,  30",
    "asset,       -5,   5,   7",
    "polled,2147483600, 120, 120"
  })
  void shouldStayWithinTheirBounds(String kind, int tries, int from, int to) {
    for (long seed = 0; seed < 200; seed++) {
      assertThat(delay(new Delays(new Random(seed)), kind, tries))
          .isBetween(Duration.ofSeconds(from), Duration.ofSeconds(to));
    }
  }

  @ParameterizedTest(name = "{0} asked for: {1} to {2} s")
  @CsvSource({"0, 5, 7", "4, 5, 7", "60, 60, 60", "900, 900, 900", "86400, 900, 900"})
  void shouldWaitAsLongAsAFileServerAsks(int asked, int from, int to) {
    assertThat(new Delays(new Random(1)).asset(1, Optional.of(Duration.ofSeconds(asked))))
        .isBetween(Duration.ofSeconds(from), Duration.ofSeconds(to));
  }

  @Test
  void shouldSpreadOut() {
    // Many jobs that were refused at one moment must not come back at one moment.
    Delays delays = new Delays(RandomGenerator.getDefault());
    Function<Integer, Duration> next = _ -> delays.submission(1);
    assertThat(IntStream.range(0, 100).boxed().map(next).distinct().count()).isGreaterThan(50);
  }

  /** Every wait: what fails together must not come back together. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "submission",
        "account",
        "collect",
        "prepare",
        "asset",
        "room",
        "calledBack",
        "polled",
        "batch",
        "webhook"
      })
  void shouldSpreadOutEveryWait(String kind) {
    for (int tries :
        kind.equals("webhook") ? new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9} : new int[] {1}) {
      List<Duration> waits =
          IntStream.range(0, 100)
              .mapToObj(seed -> delay(new Delays(new Random(seed)), kind, tries))
              .sorted()
              .toList();
      assertThat(waits.stream().distinct().count()).as("%s %d", kind, tries).isGreaterThan(50);
      assertThat(waits.getLast().minus(waits.getFirst()))
          .as("spread of %s %d", kind, tries)
          .isGreaterThan(waits.getFirst().dividedBy(20));
    }
  }

  @ParameterizedTest(name = "{0} {1}: {2} to {3} ms")
  @CsvSource({
    "submission, 1, 1000,  3000",
    "account,    1, 12000, 15000",
    "collect,    1, 300,   400",
    "prepare,    1, 200,   300",
    "prepare,   99, 6000,  6000",
    "asset,      1, 500,   700",
    "calledBack, 1, 18000, 22500",
    "polled,     1, 800,   1000"
  })
  void shouldBeATenthAtAScaleOfATenth(String kind, int tries, int from, int to) {
    for (long seed = 0; seed < 200; seed++) {
      assertThat(delay(new Delays(new Random(seed), 0.1), kind, tries))
          .isBetween(Duration.ofMillis(from), Duration.ofMillis(to));
    }
  }

  @Nested
  class TheScale {
    @Test
    void shouldBeOneUnlessItIsSet() {
      assertThat(of(Map.of()).scaled(Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void shouldBeTheSettingOnOneMachine() {
      assertThat(
              of(Map.of("RIFFHOOK_TIME_SCALE", "0.05", "RIFFHOOK_ONE_MACHINE", "true"))
                  .scaled(Duration.ofMinutes(5)))
          .isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void shouldBeRefusedElsewhere() {
      assertThatThrownBy(() -> of(Map.of("RIFFHOOK_TIME_SCALE", "0.05")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("RIFFHOOK_TIME_SCALE is for tests on one machine only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1.1", "NaN", "faster"})
    void shouldBeRefusedOutOfItsRange(String value) {
      assertThatThrownBy(
              () -> of(Map.of("RIFFHOOK_TIME_SCALE", value, "RIFFHOOK_ONE_MACHINE", "true")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "RIFFHOOK_TIME_SCALE is '%s', but must be a number from 0.01 to 1".formatted(value));
    }

    private static Delays of(Map<String, String> settings) {
      return Delays.from(name -> Optional.ofNullable(settings.get(name)), new Random(1));
    }
  }

  private static Duration delay(Delays delays, String kind, int tries) {
    return switch (kind) {
      case "submission" -> delays.submission(tries);
      case "room" -> delays.room(Duration.ofSeconds(tries));
      case "account" -> delays.account(tries);
      case "collect" -> delays.collect(tries);
      case "prepare" -> delays.prepare(tries);
      case "source" -> delays.source(tries);
      case "asset" -> delays.asset(tries);
      case "batch" -> delays.batch(tries);
      case "webhook" -> delays.notification(tries);
      case "calledBack" -> delays.check(true, Duration.ofSeconds(8), tries);
      case "polled" -> delays.check(false, Duration.ofSeconds(8), tries);
      default -> throw new IllegalArgumentException(kind);
    };
  }
}
