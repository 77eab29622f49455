package io.riffhook.bench;

import java.util.Locale;

/** How numbers are shown: three digits that matter, and no more. */
public final class Numbers {
  private Numbers() {}

  /** A value for people. */
  public static String of(double value) {
    double size = Math.abs(value);
    if (size >= 1_000_000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    if (size >= 100 || value == 0) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    if (size >= 10) {
      return String.format(Locale.ROOT, "%.1f", value);
    }
    if (size >= 0.1) {
      return String.format(Locale.ROOT, "%.2f", value);
    }
    return String.format(Locale.ROOT, "%.3g", value);
  }
}
