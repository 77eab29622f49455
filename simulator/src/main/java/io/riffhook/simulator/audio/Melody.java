package io.riffhook.simulator.audio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Sets lines of syllables to music: a rhythm for each line, and a walk through the key that rests
 * on chord tones.
 */
final class Melody {
  /** The lowest MIDI pitch the tonic may have: the singer's middle. */
  private static final int FLOOR = 57;

  private static final double LONGEST_BEATS = 1.75;

  /** A line leaves so many beats at its end, where the singer breathes. */
  private static final double BREATH = 0.75;

  private final Key key;
  private final Random random;

  Melody(Key key, Random random) {
    this.key = key;
    this.random = random;
  }

  /**
   * Notes for one line of {@code syllables} syllables that starts at {@code firstBeat} and has room
   * for {@code beats}.
   */
  List<Note> line(Section section, double firstBeat, double beats, int syllables, long motif) {
    // Lines of a section share their motif, so they are heard as answers to each other.
    double[] onsets = onsets(syllables, beats, new Random(motif));
    Random steps = new Random(motif + syllables);
    int centre = section.kind() == Section.Kind.CHORUS ? 5 : 1;
    int degree = centre + steps.nextInt(3) - 1;
    List<Note> notes = new ArrayList<>();
    for (int index = 0; index < onsets.length; index++) {
      double beat = firstBeat + onsets[index];
      degree = next(degree, centre, steps);
      boolean rests = onsets[index] % 2 == 0 || index == onsets.length - 1;
      degree = rests ? onChord(degree, section.chordAt(beat)) : degree;
      double end =
          index == onsets.length - 1
              ? Math.max(beats - BREATH, onsets[index] + 0.4)
              : onsets[index + 1];
      double length = Math.min(end - onsets[index], LONGEST_BEATS);
      double level = 0.75 + 0.15 * random.nextDouble() + (onsets[index] % 1 == 0 ? 0.1 : 0);
      notes.add(new Note(beat, length * 0.94, key.pitch(degree, FLOOR), level));
    }
    return List.copyOf(notes);
  }

  private static int next(int degree, int centre, Random random) {
    int[] steps = {-2, -1, -1, 0, 1, 1, 2};
    int step = steps[random.nextInt(steps.length)];
    int pull = degree > centre + 3 ? -1 : degree < centre - 3 ? 1 : 0;
    return degree + (pull == 0 ? step : pull * Math.abs(step));
  }

  private static int onChord(int degree, Chord chord) {
    return IntStream.of(0, -1, 1, -2, 2)
        .map(by -> degree + by)
        .filter(chord::has)
        .findFirst()
        .orElse(degree);
  }

  /**
   * Beats on which the syllables fall: drawn from a grid, whole beats most often, with room to
   * breathe at the end.
   */
  private static double[] onsets(int syllables, double beats, Random random) {
    int perBeat = syllables > (beats - 1.5) * 2 ? syllables > (beats - 0.5) * 4 ? 8 : 4 : 2;
    int slots = (int) ((beats - (perBeat == 2 ? 1.5 : 0.5)) * perBeat);
    double[] keys = new double[slots];
    for (int slot = 0; slot < slots; slot++) {
      double weight = slot % perBeat == 0 ? 4 : slot % (perBeat / 2) == 0 ? 1.6 : 0.5;
      // The largest of u^(1/weight) are a weighted draw without replacement (Efraimidis and
      // Spirakis).
      keys[slot] = Math.pow(random.nextDouble(), 1 / weight);
    }
    double[] sorted = keys.clone();
    Arrays.sort(sorted);
    double least = sorted[Math.max(0, slots - Math.min(syllables, slots))];
    return IntStream.range(0, slots)
        .filter(slot -> keys[slot] >= least)
        .mapToDouble(slot -> slot / (double) perBeat)
        .toArray();
  }
}
