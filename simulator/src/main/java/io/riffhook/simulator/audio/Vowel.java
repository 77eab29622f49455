package io.riffhook.simulator.audio;

/**
 * A vowel: the resonances of the mouth that sings it, in hertz and relative level (a sung alto,
 * rounded figures).
 */
enum Vowel {
  A(800, 1, 1150, 0.5, 2900, 0.12),
  E(480, 1, 1800, 0.35, 2700, 0.15),
  I(340, 1, 2200, 0.3, 2900, 0.2),
  O(480, 1, 830, 0.55, 2830, 0.08),
  U(360, 1, 750, 0.35, 2700, 0.05);

  private static final double WIDTH = 130;
  private static final double BREATH = 0.035;

  @SuppressWarnings("ImmutableEnumChecker") // Never written to, never given away.
  private final double[] peaks;

  Vowel(double... peaks) {
    this.peaks = peaks;
  }

  /** The vowel that a group of letters stands for. */
  static Vowel of(String letters) {
    return switch (letters.charAt(letters.startsWith("y") && letters.length() > 1 ? 1 : 0)) {
      case 'a', 'à', 'á', 'â', 'ã', 'ä', 'å' -> A;
      case 'e', 'è', 'é', 'ê', 'ë' -> letters.startsWith("ee") || letters.startsWith("ea") ? I : E;
      case 'i', 'y', 'ì', 'í', 'î', 'ï' -> I;
      case 'o', 'ò', 'ó', 'ô', 'õ', 'ö' ->
          letters.startsWith("oo") || letters.startsWith("ou") ? U : O;
      default -> U;
    };
  }

  /** How strongly the mouth passes a frequency on. */
  double gain(double hertz) {
    double gain = BREATH;
    for (int peak = 0; peak < peaks.length; peak += 2) {
      double distance = (hertz - peaks[peak]) / (WIDTH + peaks[peak] * 0.04);
      gain += peaks[peak + 1] / (1 + distance * distance);
    }
    return gain;
  }
}
