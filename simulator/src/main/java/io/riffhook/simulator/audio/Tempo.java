package io.riffhook.simulator.audio;

/**
 * Where beats lie in time. Every bar has four.
 *
 * @param bpm beats per minute, 40 to 220
 * @param swing where the second half of a beat starts, 0.5 (straight) to 0.67 (triplets)
 */
record Tempo(double bpm, double swing) {
  static final int BEATS_PER_BAR = 4;

  Tempo {
    if (bpm < 40 || bpm > 220) {
      throw new IllegalArgumentException("bpm must be 40 to 220, is " + bpm);
    }
  }

  double secondsPerBar() {
    return BEATS_PER_BAR * 60 / bpm;
  }

  /** Seconds from the start of the song to the beat, swung. */
  double seconds(double beat) {
    double whole = Math.floor(beat);
    double part = beat - whole;
    double swung = part < 0.5 ? part * 2 * swing : swing + (part - 0.5) * 2 * (1 - swing);
    return (whole + swung) * 60 / bpm;
  }
}
