package io.riffhook.simulator.audio;

/** Seven steps from a tonic to its octave, in semitones. */
enum Scale {
  MAJOR("major", 0, 2, 4, 5, 7, 9, 11),
  MINOR("minor", 0, 2, 3, 5, 7, 8, 10),
  DORIAN("dorian", 0, 2, 3, 5, 7, 9, 10);

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // Never written to, never given away.
  private final int[] steps;

  Scale(String label, int... steps) {
    this.label = label;
    this.steps = steps;
  }

  String label() {
    return label;
  }

  boolean minor() {
    return this != MAJOR;
  }

  /** Semitones above the tonic of a degree; 0 is the tonic, 7 its octave, -1 the step below. */
  int semitones(int degree) {
    return steps[Math.floorMod(degree, steps.length)] + 12 * Math.floorDiv(degree, steps.length);
  }
}
