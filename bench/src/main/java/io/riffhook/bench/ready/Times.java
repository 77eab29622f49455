package io.riffhook.bench.ready;

import java.time.Duration;
import java.util.List;

/**
 * Times of several jobs.
 *
 * @param sorted the shortest first, at least one
 */
record Times(List<Duration> sorted) {
  Times {
    sorted = sorted.stream().sorted().toList();
  }

  /**
   * The least time that so many do not exceed, in milliseconds.
   *
   * @param percent 1 to 100
   */
  double at(int percent) {
    return sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1).toNanos() / 1e6;
  }
}
