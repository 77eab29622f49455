package io.riffhook.simulator.work;

import java.time.Duration;
import java.time.Instant;

/**
 * The time that work is to take.
 *
 * @param started when it began
 * @param duration how long it takes
 */
public record Timeline(Instant started, Duration duration) {

  /** How far unfinished work is: 0 to 99. */
  public int percent(Instant now) {
    if (!duration.isPositive()) {
      return 99;
    }
    long passed = Duration.between(started, now).toMillis();
    return Math.clamp(passed * 100 / Math.max(1, duration.toMillis()), 0, 99);
  }
}
