package io.riffhook.processes;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How times are spread. */
record Percentiles(List<Duration> sorted) {

  static Percentiles of(List<Duration> times) {
    return new Percentiles(times.stream().sorted().toList());
  }

  /**
   * The least time that so many do not exceed.
   *
   * @param percent 1 to 100
   */
  Duration at(int percent) {
    if (sorted.isEmpty()) {
      return Duration.ZERO;
    }
    return sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
  }

  @Override
  public String toString() {
    return "p50 %s, p90 %s, p99 %s, most %s"
        .formatted(seconds(at(50)), seconds(at(90)), seconds(at(99)), seconds(at(100)));
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
  }
}
