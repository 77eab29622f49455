package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link HealthStore} must do. */
public abstract class HealthStoreContract {
  private static final Instant T0 = Instant.parse("2026-11-21T02:25:14.123Z");

  private final String one = "one-" + UUID.randomUUID();
  private final String other = "other-" + UUID.randomUUID();

  /** The store under test. */
  protected abstract HealthStore store();

  @Test
  void shouldKnowNoTroubleThatWasNotReported() {
    assertThat(store().inTrouble(List.of(one, other), T0)).isEmpty();
    assertThat(store().troubles(one)).isEmpty();
  }

  @Test
  void shouldKnowWhoIsInTroubleUntilItIsOver() {
    store().report(trouble(one, Optional.empty(), 60));
    assertThat(store().inTrouble(List.of(one, other), T0)).containsExactly(one);
    assertThat(store().inTrouble(List.of(other), T0)).isEmpty();
    assertThat(store().inTrouble(List.of(one), T0.plusSeconds(59))).containsExactly(one);
    assertThat(store().inTrouble(List.of(one), T0.plusSeconds(60))).isEmpty();
  }

  @Test
  void shouldNotTakeAnAccountForTheProvider() {
    store().report(trouble(one, Optional.of("me@example.com"), 60));
    assertThat(store().inTrouble(List.of(one), T0)).isEmpty();
  }

  @Test
  void shouldTellTheLastTroubleOfEach() {
    store().report(trouble(one, Optional.empty(), 60));
    store().report(trouble(one, Optional.of("b"), 60));
    store().report(trouble(one, Optional.of("a"), 60));
    store().report(trouble(one, Optional.empty(), 90));
    store().report(trouble(other, Optional.empty(), 60));
    assertThat(store().troubles(one))
        .containsExactly(
            trouble(one, Optional.empty(), 90),
            trouble(one, Optional.of("a"), 60),
            trouble(one, Optional.of("b"), 60));
  }

  @Test
  void shouldTellNothingOfNobodyAndOneThingOfOneAskedForTwice() {
    store().report(trouble(one, Optional.empty(), 60));
    assertThat(store().inTrouble(List.of(), T0)).isEmpty();
    assertThat(store().inTrouble(List.of(one, one), T0)).containsExactly(one);
  }

  /** It comes from the provider, and is written down where keys are short. */
  @Test
  void shouldTakeAnAccountOfAnyName() {
    Trouble long1 = trouble(one, Optional.of("😀 #\u0000".repeat(5_000)), 60);
    Trouble empty = trouble(one, Optional.of(""), 60);
    store().report(long1);
    store().report(empty);
    assertThat(store().troubles(one)).containsExactly(empty, long1);
  }

  private static Trouble trouble(String provider, Optional<String> account, int seconds) {
    return new Trouble(provider, account, Reasons.busy("p", "6 jobs"), T0, T0.plusSeconds(seconds));
  }
}
