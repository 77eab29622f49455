package io.riffhook.simulation;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The command: many jobs of the sound system, then each broken one until it is caught. Settings are
 * system properties; docs/reliability.md names them.
 */
public final class Main {
  private static final long JOBS_TO_CATCH = 200_000;

  private Main() {}

  /** Ends with 1 where something did not hold, or a broken system was not caught. */
  public static void main(String[] arguments) throws InterruptedException {
    long seed = Long.getLong("simulation.seed", 1);
    long jobs = Long.getLong("simulation.jobs", 1_000_000);
    int threads =
        Integer.getInteger("simulation.threads", Runtime.getRuntime().availableProcessors());
    Climate climate = Climate.valueOf(System.getProperty("simulation.climate", "MIXED"));
    String replay = System.getProperty("simulation.replay", "");
    boolean good =
        replay.isEmpty()
            ? sound(climate, seed, jobs, threads) && broken(seed, threads)
            : replayed(climate, Long.parseLong(replay));
    System.exit(good ? 0 : 1);
  }

  private static boolean sound(Climate climate, long seed, long jobs, int threads)
      throws InterruptedException {
    long began = System.nanoTime();
    Simulation.Outcome outcome = Simulation.run(Variant.SOUND, climate, seed, jobs, threads);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    print(outcome.tally(), climate, seed, threads, took);
    outcome.failure().ifPresent(each -> tell(each, climate));
    return outcome.failure().isEmpty();
  }

  private static void print(Tally tally, Climate climate, long seed, int threads, Duration took) {
    System.out.printf(
        "%,d jobs in %,d worlds (%s), seed %d: %d.%03d s on %d threads, %,d steps, Java %s%n",
        tally.jobs,
        tally.worlds,
        climate,
        seed,
        took.toSeconds(),
        took.toMillisPart(),
        threads,
        tally.steps,
        Runtime.version());
    line("processes that died", tally.deaths);
    line("calls of ports that failed", tally.outages);
    line("callbacks", tally.callbacks);
    line("forged callbacks", tally.forged);
    line("strangers", tally.strangers);
    line("messages that became dead letters, put back", tally.deadLetters);
    line("calls that a provider took", tally.bought);
    for (Map.Entry<?, Long> entry : tally.byStatus.entrySet()) {
      line("ended " + entry.getKey(), entry.getValue());
    }
    for (Map.Entry<String, Long> entry : tally.byReason.entrySet()) {
      line("  for " + entry.getKey(), entry.getValue());
    }
    line(
        "bought twice: no answer, no callback, not in the provider's list",
        tally.boughtTwiceUnavoidably);
    line("paid and never heard of: no answer, no callback, no list", tally.paidAndUnheard);
    line("songs of those that were bought twice, or half heard of, not stored", tally.songsUnheard);
    line("events told to the bus", tally.published);
    line("  of them again", tally.publishedAgain);
    line("events told to endpoints", tally.told);
    line("  of them again", tally.toldAgain);
    line("lists of stems asked for", tally.costs);
    line("batches", tally.batches);
    line("submissions that a limit refused", tally.refused);
    tally.mostInAll.forEach(
        (kind, most) ->
            System.out.printf(
                "  %,12d  messages of kind %s about one thing at most, %d at once%n",
                most, kind, tally.mostAtOnce.get(kind)));
  }

  private static void line(String what, long count) {
    System.out.printf("  %,12d  %s%n", count, what);
  }

  private static boolean broken(long seed, int threads) throws InterruptedException {
    boolean all = true;
    System.out.println("Broken on purpose, and caught:");
    for (Broken broken : Broken.values()) {
      Optional<Simulation.Failure> failure =
          Simulation.run(broken, Climate.HARSH, seed, JOBS_TO_CATCH, threads).failure();
      boolean caught =
          failure.filter(each -> broken.bites().contains(each.violation().invariant())).isPresent();
      System.out.printf(
          "  %-36s %s%n",
          broken,
          failure
              .map(each -> "seed " + each.seed() + ", " + each.violation().getMessage())
              .orElse("NOT CAUGHT"));
      all &= caught;
    }
    return all;
  }

  private static boolean replayed(Climate climate, long seed) {
    Optional<Simulation.Failure> failure = Simulation.replay(Variant.SOUND, climate, seed);
    failure.ifPresent(each -> tell(each, climate));
    System.out.println(failure.isEmpty() ? "seed " + seed + ": all holds" : "");
    return failure.isEmpty();
  }

  private static void tell(Simulation.Failure failure, Climate climate) {
    failure.trace().forEach(System.out::println);
    System.out.printf(
        "Seed %d: %s%nRun it again with -Dsimulation.replay=%d -Dsimulation.climate=%s%n",
        failure.seed(), failure.violation().getMessage(), failure.seed(), climate);
  }
}
