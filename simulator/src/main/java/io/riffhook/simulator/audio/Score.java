package io.riffhook.simulator.audio;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The notes of a song's accompaniment.
 *
 * @param tempo its tempo
 * @param bars how many bars it has, without the echo after the last
 * @param sections its parts
 * @param keys what the chord instrument plays
 * @param pad long notes behind it
 * @param counter a second voice that fills gaps
 * @param bass what the bass plays
 * @param drums what the drummer plays
 */
record Score(
    Tempo tempo,
    int bars,
    List<Section> sections,
    List<Note> keys,
    List<Note> pad,
    List<Note> counter,
    List<Note> bass,
    List<Hit> drums) {
  /** The last notes ring this long. */
  static final double TAIL_SECONDS = 1.8;

  Score {
    sections = List.copyOf(sections);
    keys = List.copyOf(keys);
    pad = List.copyOf(pad);
    counter = List.copyOf(counter);
    bass = List.copyOf(bass);
    drums = List.copyOf(drums);
  }

  /** Its length in samples per channel. */
  int frames() {
    return (int) Math.round((bars * tempo.secondsPerBar() + TAIL_SECONDS) * Pcm.RATE);
  }

  List<Double> loudness(int points) {
    double[] levels = new double[points];
    double perPoint = bars * (double) Tempo.BEATS_PER_BAR / points;
    Stream.of(keys, counter, bass)
        .flatMap(List::stream)
        .forEach(note -> levels[point(note.beat(), perPoint, points)] += note.level());
    drums.forEach(hit -> levels[point(hit.beat(), perPoint, points)] += hit.level());
    // Three passes of a short average: notes ring on into their neighbours.
    for (int pass = 0; pass < 3; pass++) {
      double before = levels[0];
      for (int point = 0; point < points; point++) {
        double now = levels[point];
        levels[point] = (before + 2 * now + levels[Math.min(point + 1, points - 1)]) / 4;
        before = now;
      }
    }
    double loudest = Math.max(0.01, Arrays.stream(levels).max().orElse(0));
    return Arrays.stream(levels)
        .mapToObj(level -> Math.round(level / loudest * 100) / 100.0)
        .toList();
  }

  private static int point(double beat, double perPoint, int points) {
    return Math.clamp((int) (beat / perPoint), 0, points - 1);
  }
}
