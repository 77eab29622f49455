package io.riffhook.bench;

/**
 * Something that is measured.
 *
 * @param name as the page shows it, such as {@code cold}
 * @param unit such as {@code ms}
 * @param better which way is better
 */
public record Metric(String name, String unit, Better better) {

  /** Which values of a metric are good ones. */
  public enum Better {
    LOWER,
    HIGHER
  }

  /** A metric of which less is better, such as a time. */
  public static Metric lower(String name, String unit) {
    return new Metric(name, unit, Better.LOWER);
  }

  /** A metric of which more is better, such as a rate. */
  public static Metric higher(String name, String unit) {
    return new Metric(name, unit, Better.HIGHER);
  }
}
