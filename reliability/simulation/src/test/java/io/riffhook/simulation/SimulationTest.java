package io.riffhook.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.Status;
import io.riffhook.domain.SubmitJob;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
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
    assertThat(tally.batches).isPositive();
    assertThat(tally.refused).isPositive();
    assertThat(tally.costs).isPositive();
    assertThat(tally.mostInAll.keySet()).contains(Topic.Kind.PREPARE, Topic.Kind.FETCH);
  }

  /** A thousand worlds that no build of other code has tried. */
  @Test
  void shouldKeepEveryPromiseInWorldsOfThisCodesOwn() throws Exception {
    long seed = seedOfTheCode();
    System.out.println("Simulated worlds of this code: seed " + seed);
    Simulation.Outcome outcome = Simulation.run(Variant.SOUND, Climate.MIXED, seed, 8_000, THREADS);
    assertThat(outcome.failure().map(SimulationTest::howToReplay)).isEmpty();
  }

  private static String howToReplay(Simulation.Failure failure) {
    return failure.violation().getMessage()
        + "; see it again: ./mvnw -pl reliability/simulation -am -DskipTests verify -Psimulation"
        + " -Dsimulation.replay="
        + failure.seed();
  }

  /** The same for the same compiled domain, whether its classes lie in a folder or in a jar. */
  private static long seedOfTheCode() throws Exception {
    Path code =
        Path.of(SubmitJob.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(code)) {
      return seed(code);
    }
    try (FileSystem jar = FileSystems.newFileSystem(code)) {
      return seed(jar.getPath("/"));
    }
  }

  private static long seed(Path root) throws IOException {
    CRC32 sum = new CRC32();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file :
          files
              .filter(each -> each.toString().endsWith(".class"))
              .sorted(Comparator.comparing(each -> root.relativize(each).toString()))
              .toList()) {
        sum.update(Files.readAllBytes(file));
      }
    }
    return sum.getValue();
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
