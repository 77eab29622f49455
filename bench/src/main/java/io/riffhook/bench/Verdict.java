package io.riffhook.bench;

/**
 * Whether a target was reached.
 *
 * @param target in words, such as {@code callback, cold: at most 2.5 × hello}
 * @param measured what was measured, in the unit of the limit
 * @param unit such as {@code ×}
 */
public record Verdict(String target, double measured, String unit, Bound bound, double limit) {

  /** Which side of the limit is the good one. */
  public enum Bound {
    AT_MOST,
    AT_LEAST
  }

  /** A value that must not exceed its limit. */
  public static Verdict atMost(String target, double measured, String unit, double limit) {
    return new Verdict(target, measured, unit, Bound.AT_MOST, limit);
  }

  /** A value that must not be less than its limit. */
  public static Verdict atLeast(String target, double measured, String unit, double limit) {
    return new Verdict(target, measured, unit, Bound.AT_LEAST, limit);
  }

  /** Whether the target was reached. */
  public boolean isMet() {
    return switch (bound) {
      case AT_MOST -> measured <= limit;
      case AT_LEAST -> measured >= limit;
    };
  }
}
