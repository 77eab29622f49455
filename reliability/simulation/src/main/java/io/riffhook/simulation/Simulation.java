package io.riffhook.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs many worlds, several at once, and stops at the first that breaks what must hold. A world's
 * seed is the run's seed plus the world's number.
 */
final class Simulation {
  private static final int JOBS_IN_A_WORLD = 8;

  private Simulation() {}

  /**
   * What became of a run.
   *
   * @param failure the first world, by seed, in which something did not hold
   */
  record Outcome(Tally tally, Optional<Failure> failure) {}

  /** A world in which something did not hold. */
  record Failure(long seed, Violation violation, List<String> trace) {}

  /** Runs worlds until there were enough jobs, or one of them fails. */
  static Outcome run(Variant variant, Climate climate, long seed, long jobs, int threads)
      throws InterruptedException {
    long worlds = (jobs + JOBS_IN_A_WORLD - 1) / JOBS_IN_A_WORLD;
    AtomicLong next = new AtomicLong();
    Tally all = new Tally();
    List<Failure> failures = new ArrayList<>();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    Tally mine = new Tally();
                    for (long n = next.getAndIncrement(); n < worlds; n = next.getAndIncrement()) {
                      Optional<Failure> failure = world(variant, climate, seed + n, mine, 500);
                      if (failure.isPresent()) {
                        next.set(worlds);
                        synchronized (failures) {
                          failures.add(failure.get());
                        }
                      }
                    }
                    synchronized (all) {
                      all.add(mine);
                    }
                  }));
    }
    for (Thread worker : workers) {
      worker.join();
    }
    return new Outcome(
        all, failures.stream().min(java.util.Comparator.comparingLong(Failure::seed)));
  }

  private static Optional<Failure> world(
      Variant variant, Climate climate, long seed, Tally tally, int memory) {
    World world = new World(seed, variant, climate, memory);
    try {
      tally.add(world.run(JOBS_IN_A_WORLD));
      return Optional.empty();
    } catch (Violation e) {
      return Optional.of(new Failure(seed, e, world.trace()));
    }
  }

  /** Runs one world again. */
  static Optional<Failure> replay(Variant variant, Climate climate, long seed) {
    return world(variant, climate, seed, new Tally(), 1_000_000);
  }
}
