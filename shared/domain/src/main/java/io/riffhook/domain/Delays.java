package io.riffhook.domain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again. All grow, all have jitter, and none is longer than a queue
 * can delay a message.
 *
 * <p>A scale makes all waits shorter alike, so that a test on one machine sees in minutes what
 * takes hours.
 */
public final class Delays {
  private static final String SCALE = "RIFFHOOK_TIME_SCALE";
  private static final double LEAST = 0.01;
  private static final List<Duration> NOTIFICATIONS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  private final RandomGenerator random;
  private final double scale;

  public Delays(RandomGenerator random) {
    this(random, 1);
  }

  /**
   * Scaled delays.
   *
   * @param scale which part of each wait is waited, 0.01 to 1
   */
  public Delays(RandomGenerator random, double scale) {
    if (!(scale >= LEAST && scale <= 1)) {
      throw new IllegalArgumentException("the scale of time must be 0.01 to 1, is " + scale);
    }
    this.random = random;
    this.scale = scale;
  }

  /**
   * Delays by {@code RIFFHOOK_TIME_SCALE}, in full where it is not set.
   *
   * @throws IllegalArgumentException if it is not a number from 0.01 to 1, or if it is set on AWS
   */
  public static Delays from(Settings settings, RandomGenerator random) {
    Optional<String> scale = settings.fixed(SCALE);
    if (scale.isEmpty()) {
      return new Delays(random);
    }
    if (!settings.isOneMachine()) {
      throw new IllegalArgumentException(SCALE + " is for tests on one machine only");
    }
    try {
      return new Delays(random, Double.parseDouble(scale.get()));
    } catch (IllegalArgumentException _) { // its words would not name the setting
      throw new IllegalArgumentException(
          "%s is '%s', but must be a number from %s to 1".formatted(SCALE, scale.get(), LEAST));
    }
  }

  /** A wait that has no jitter and does not grow, such as a patience. */
  public Duration scaled(Duration wait) {
    return Duration.ofNanos(Math.round(wait.toNanos() * scale));
  }

  /**
   * Before the next call to a provider that was busy: 10 to 30 seconds at first, as useapi's page
   * on create-prompt asks ("wait at least 10..30 seconds"), then doubling.
   */
  public Duration submission(int calls) {
    return scaled(grown(Duration.ofMillis(10_000 + random.nextInt(20_001)), calls));
  }

  /** Before the next call to a provider whose account somebody must put right. */
  public Duration account(int calls) {
    return scaled(grown(jittered(Duration.ofMinutes(2)), calls));
  }

  /** Before a provider job that should have ended is read again. */
  public Duration collect(int attempt) {
    return scaled(grown(jittered(Duration.ofSeconds(3)), attempt));
  }

  /** Before a provider is given a file again that it could not take: at most a minute. */
  public Duration prepare(int attempt) {
    return scaled(min(grown(jittered(Duration.ofSeconds(2)), attempt), Duration.ofMinutes(1)));
  }

  /** Before a song or an upload that is not stored yet is looked at again: at most 15 minutes. */
  public Duration source(int attempt) {
    return scaled(grown(jittered(Duration.ofSeconds(2)), attempt));
  }

  /**
   * Before a submission is tried again that found no room under its owner's limits: half as long
   * again as it has waited, 30 seconds at least.
   *
   * @param waited since it was first tried
   */
  public Duration room(Duration waited) {
    Duration half = waited.dividedBy(2);
    Duration least = scaled(Duration.ofSeconds(30));
    return min(jittered(half.compareTo(least) < 0 ? least : half), scaled(Queues.MAX_DELAY));
  }

  /** Before an asset is fetched again. */
  public Duration asset(int attempt) {
    return scaled(grown(jittered(Duration.ofSeconds(5)), 2 * attempt - 1));
  }

  /**
   * Before an asset is fetched again from a server that may have asked to wait.
   *
   * @param asked for how long; as far as a queue can wait it is waited so long at least
   */
  public Duration asset(int attempt, Optional<Duration> asked) {
    Duration own = asset(attempt);
    Duration longer = asked.filter(each -> each.compareTo(own) > 0).orElse(own);
    return min(longer, Queues.MAX_DELAY);
  }

  /**
   * Before a job's next check. A job whose provider calls back is left alone for three minutes, in
   * which it normally ends; one that nobody calls back for is asked about at the provider's pace,
   * which doubles with every third check up to two minutes.
   */
  public Duration check(boolean callbacks, Duration pace, int number) {
    return scaled(
        callbacks
            ? grown(jittered(Duration.ofMinutes(3)), number)
            : min(grown(jittered(pace), (number + 2) / 3), Duration.ofMinutes(2)));
  }

  /** Before a batch's next check: 5 seconds at first, then doubling up to 5 minutes. */
  public Duration batch(int number) {
    return scaled(min(grown(jittered(Duration.ofSeconds(5)), number), Duration.ofMinutes(5)));
  }

  /**
   * Before a notification is tried again: 5 seconds, 5 and 30 minutes, 2, 5, 10, 14, 20 and 24
   * hours, three days in all, as the Standard Webhooks specification advises.
   *
   * @param attempt the number of the attempt that failed, 1 to 9
   */
  public Duration notification(int attempt) {
    Duration base = NOTIFICATIONS.get(Math.clamp(attempt - 1, 0, NOTIFICATIONS.size() - 1));
    return scaled(base.plusMillis(random.nextLong(base.toMillis() / 10 + 1)));
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
