package io.riffhook.domain;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again. All grow, all have jitter, and none is longer than a queue
 * can delay a message.
 */
public final class Delays {
  private final RandomGenerator random;

  public Delays(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Before the next call to a provider that was busy: 10 to 30 seconds at first, as useapi's page
   * on create-prompt asks ("wait at least 10..30 seconds"), then doubling.
   */
  public Duration submission(int calls) {
    return grown(Duration.ofMillis(10_000 + random.nextInt(20_001)), calls);
  }

  /** Before the next call to a provider whose account somebody must put right. */
  public Duration account(int calls) {
    return grown(jittered(Duration.ofMinutes(2)), calls);
  }

  /** Before a provider job that should have ended is read again. */
  public Duration collect(int attempt) {
    return grown(jittered(Duration.ofSeconds(3)), attempt);
  }

  /** Before it is asked again whether a provider can use a file. */
  public Duration prepare(int attempt) {
    return min(grown(jittered(Duration.ofSeconds(2)), attempt), Duration.ofMinutes(1));
  }

  /**
   * Before a submission is tried again that found no room under its owner's limits: half as long
   * again as it has waited, 30 seconds at least.
   *
   * @param waited since it was first tried
   */
  public Duration room(Duration waited) {
    Duration half = waited.dividedBy(2);
    Duration least = Duration.ofSeconds(30);
    return min(jittered(half.compareTo(least) < 0 ? least : half), Queues.MAX_DELAY);
  }

  /** Before an asset is fetched again. */
  public Duration asset(int attempt) {
    return grown(jittered(Duration.ofSeconds(5)), 2 * attempt - 1);
  }

  /**
   * Before a job's next check. A job whose provider calls back is left alone for three minutes, in
   * which it normally ends; one that nobody calls back for is asked about at the provider's pace,
   * which doubles with every third check up to two minutes.
   */
  public Duration check(boolean callbacks, Duration pace, int number) {
    return callbacks
        ? grown(jittered(Duration.ofMinutes(3)), number)
        : min(grown(jittered(pace), (number + 2) / 3), Duration.ofMinutes(2));
  }

  private Duration jittered(Duration base) {
    return base.plusMillis(random.nextLong(base.toMillis() / 4 + 1));
  }

  /** Doubled with each try after the first. */
  private static Duration grown(Duration first, int tries) {
    int doublings = Math.clamp(tries - 1, 0, 10);
    return min(first.multipliedBy(1L << doublings), Queues.MAX_DELAY);
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
