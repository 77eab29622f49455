package io.riffhook.simulator.audio;

import java.util.List;

/**
 * A key.
 *
 * @param tonic the tonic's pitch class, 0 (C) to 11 (B)
 * @param scale the steps above it
 */
record Key(int tonic, Scale scale) {
  private static final List<String> NAMES =
      List.of("C", "D flat", "D", "E flat", "E", "F", "F sharp", "G", "A flat", "A", "B flat", "B");

  /** The MIDI pitch of a degree, the tonic lying in the octave that starts at {@code floor}. */
  int pitch(int degree, int floor) {
    return floor + Math.floorMod(tonic - floor, 12) + scale.semitones(degree);
  }

  /** For people: {@code "A minor"}. */
  String label() {
    return NAMES.get(tonic) + " " + scale.label();
  }
}
