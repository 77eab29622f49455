package io.riffhook.simulator.audio;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Thirds stacked on a degree of a key.
 *
 * @param key the key
 * @param degree the root's degree, 0 the tonic
 * @param seventh whether the seventh sounds too
 */
record Chord(Key key, int degree, boolean seventh) {

  /** The root as a MIDI pitch within the octave from {@code floor}. */
  int root(int floor) {
    return floor + Math.floorMod(key.pitch(degree, 0) - floor, 12);
  }

  /**
   * The chord's pitches, each within the octave from {@code floor}, lowest first: a close voicing
   * that moves little.
   */
  List<Integer> voicing(int floor) {
    return IntStream.range(0, seventh ? 4 : 3)
        .map(third -> floor + Math.floorMod(pitchClass(third) - floor, 12))
        .sorted()
        .boxed()
        .toList();
  }

  /** Whether the degree of the key is one of the chord's first three notes. */
  boolean has(int otherDegree) {
    int distance = Math.floorMod(otherDegree - degree, 7);
    return distance == 0 || distance == 2 || distance == 4;
  }

  private int pitchClass(int third) {
    // The dominant of a minor key leads home only with its third raised.
    boolean raised = key.scale() == Scale.MINOR && degree == 4 && third == 1;
    return key.tonic() + key.scale().semitones(degree + 2 * third) + (raised ? 1 : 0);
  }
}
