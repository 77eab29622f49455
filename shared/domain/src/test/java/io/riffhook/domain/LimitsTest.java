package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LimitsTest {
  private static final String RUNNING = "RIFFHOOK_MAX_RUNNING_JOBS";
  private static final String PER_DAY = "RIFFHOOK_MAX_JOBS_PER_DAY";

  @Test
  void shouldBeNoneUnlessSet() {
    assertThat(from(Map.of())).isEmpty();
    assertThat(from(Map.of(RUNNING, "0", PER_DAY, "0"))).isEmpty();
  }

  @Test
  void shouldReadBoth() {
    assertThat(from(Map.of(RUNNING, "1", PER_DAY, "5000")))
        .contains(new Limits(1, OptionalInt.of(5000)));
    assertThat(from(Map.of(RUNNING, "1000", PER_DAY, "0")))
        .contains(new Limits(1000, OptionalInt.empty()));
  }

  @Test
  void shouldLimitWhatRunsToWhatCanBeCountedWhereOnlyTheDayIsLimited() {
    assertThat(from(Map.of(PER_DAY, "1"))).contains(new Limits(1000, OptionalInt.of(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1001", "ten", "1.5", "99999999999"})
  void shouldRefuseABadNumberOfRunningJobs(String value) {
    assertThatThrownBy(() -> from(Map.of(RUNNING, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the setting RIFFHOOK_MAX_RUNNING_JOBS must be a whole number from 0 to 1000, where 0"
                + " is no limit, and is '"
                + value
                + "'");
  }

  @Test
  void shouldRefuseABadNumberOfJobsPerDay() {
    assertThatThrownBy(() -> from(Map.of(PER_DAY, "2147483648")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "the setting RIFFHOOK_MAX_JOBS_PER_DAY must be a whole number from 0 to 2147483647,");
  }

  @Test
  void shouldHaveNoLimitThatLetsNobodyIn() {
    assertThatThrownBy(() -> new Limits(0, OptionalInt.empty()))
        .hasMessage("running must be 1 to 1000");
    assertThatThrownBy(() -> new Limits(1, OptionalInt.of(0)))
        .hasMessage("perDay must be 1 or more");
  }

  private static Optional<Limits> from(Map<String, String> settings) {
    return Limits.from(name -> Optional.ofNullable(settings.get(name)));
  }
}
