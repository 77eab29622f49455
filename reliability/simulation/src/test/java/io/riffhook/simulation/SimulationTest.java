package io.riffhook.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.Status;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Simulated worlds")
final class SimulationTest {
  private static final long SEED = 20261121;
  private static final int THREADS = 2;

  @ParameterizedTest
  @EnumSource(
      value = Climate.class,
      names = {"MIXED", "HARSH"})
  void shouldKeepEveryPromiseUnderFaults(Climate climate) throws InterruptedException {
    Simulation.Outcome outcome = Simulation.run(Variant.SOUND, climate, SEED, 1_000, THREADS);
    assertThat(outcome.failure().map(each -> each.seed() + " " + each.violation().getMessage()))
        .isEmpty();
    Tally tally = outcome.tally();
    // All of it happened, or the run shows nothing.
    assertThat(tally.jobs).isGreaterThan(950);
    assertThat(tally.byStatus.keySet())
        .contains(Status.READY, Status.FAILED, Status.REJECTED, Status.CANCELLED);
    assertThat(tally.deaths).isPositive();
    assertThat(tally.outages).isPositive();
    assertThat(tally.forged).isPositive();
    assertThat(tally.strangers).isPositive();
  }

  @Test
  void shouldMakeEverySongWhereNothingGoesWrong() throws InterruptedException {
    Simulation.Outcome outcome = Simulation.run(Variant.SOUND, Climate.CALM, SEED, 400, THREADS);
    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.tally().byStatus).containsOnlyKeys(Status.READY, Status.CANCELLED);
    assertThat(outcome.tally().deaths).isZero();
    assertThat(outcome.tally().boughtTwiceUnavoidably).isZero();
    assertThat(outcome.tally().songsUnheard).isZero();
  }

  @Test
  void shouldTakeTheSameWayFromTheSameSeed() {
    Set<Long> ways = new HashSet<>();
    for (long seed = SEED; seed < SEED + 20; seed++) {
      long way = way(seed);
      assertThat(way(seed)).as("seed %d", seed).isEqualTo(way);
      ways.add(way);
    }
    assertThat(ways).as("and another from another").hasSize(20);
  }

  private static long way(long seed) {
    World world = new World(seed, Variant.SOUND, Climate.HARSH, 0);
    world.run(4);
    return world.hash();
  }

  @ParameterizedTest
  @EnumSource(Broken.class)
  void shouldCatchWhatIsBrokenOnPurpose(Broken broken) throws InterruptedException {
    Simulation.Outcome outcome = Simulation.run(broken, Climate.HARSH, SEED, 20_000, THREADS);
    assertThat(outcome.failure())
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.violation().invariant()).isIn(broken.bites());
              assertThat(failure.trace()).isNotEmpty();
              assertThat(Simulation.replay(broken, Climate.HARSH, failure.seed()))
                  .hasValueSatisfying(
                      again ->
                          assertThat(again.violation())
                              .hasMessage(failure.violation().getMessage()));
            });
  }
}
