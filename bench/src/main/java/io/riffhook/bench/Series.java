package io.riffhook.bench;

import java.util.List;

/**
 * All values of one metric of one contender in one run.
 *
 * @param group what was asked of all contenders alike, such as {@code 1 GB, one core}
 * @param values in the order in which they were measured; at least one
 */
public record Series(
    String group, String contender, Contender.Role role, Metric metric, List<Double> values) {

  public Series {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured of " + contender);
    }
  }

  /** The middle value; of an even number, what is halfway between the two in the middle. */
  public double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** The least value. */
  public double min() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** The greatest value. */
  public double max() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** Whether this and another measured the same thing of the same contender. */
  boolean isOfTheSame(Series other) {
    return group.equals(other.group)
        && contender.equals(other.contender)
        && metric.name().equals(other.metric.name());
  }
}
