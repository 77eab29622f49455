package io.riffhook.simulator.audio;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Plays the chords on the genre's instrument, in its manner. */
final class KeysPlayer {
  private static final int FLOOR = 53;
  private static final double[][] COMPING = {{0, 1.5}, {0.5, 2}, {1.5, 3.5}, {0, 2.5}, {1, 2.5}};
  private static final double[][] BLOCKS = {{0, 1.5, 3}, {0, 2}, {0, 1.5, 2.5}, {0, 0.75, 1.5, 3}};

  /** How far apart the strings of a strummed chord sound, in beats. */
  private static final double STRUM = 0.025;

  private final Style style;
  private final Random random;
  private final double[][] rhythms;
  private final int rhythm;

  KeysPlayer(Style style, Random random) {
    this.style = style;
    this.random = random;
    this.rhythms = style.feel().keys() == Keys.ELECTRIC_PIANO ? COMPING : BLOCKS;
    this.rhythm = random.nextInt(rhythms.length);
  }

  List<Note> play(List<Section> sections) {
    List<Note> notes = new ArrayList<>();
    for (Section section : sections) {
      for (int bar = 0; bar < section.bars(); bar++) {
        double beat = section.firstBeat() + bar * (double) Tempo.BEATS_PER_BAR;
        List<Integer> chord = section.chords().get(bar).voicing(FLOOR);
        if (section.kind() == Section.Kind.OUTRO && bar == section.bars() - 1) {
          strum(notes, beat, Tempo.BEATS_PER_BAR, chord, 0.8);
        } else {
          bar(notes, section, bar, beat, chord);
        }
      }
    }
    return notes;
  }

  private void bar(List<Note> notes, Section section, int bar, double beat, List<Integer> chord) {
    boolean chorus = section.kind() == Section.Kind.CHORUS;
    switch (style.feel().keys()) {
      case ELECTRIC_PIANO, PIANO -> {
        double[] hits = rhythms[(rhythm + (bar % 2 == 1 ? 1 : 0)) % rhythms.length];
        for (int index = 0; index < hits.length; index++) {
          double end = index + 1 < hits.length ? hits[index + 1] : Tempo.BEATS_PER_BAR;
          strum(
              notes, beat + hits[index], (end - hits[index]) * 0.9, chord, index == 0 ? 0.8 : 0.6);
        }
      }
      case GUITAR -> {
        int[] fingers = {0, 2, 1, 2, 0, 2, 1, 2};
        notes.add(new Note(beat, 2, chord.getFirst() - 12, 0.7));
        notes.add(new Note(beat + 2, 2, chord.get(chord.size() - 1) - 12, 0.55));
        for (int eighth = 0; eighth < 8; eighth++) {
          notes.add(
              new Note(
                  beat + eighth / 2.0,
                  1.5,
                  chord.get(fingers[eighth]),
                  0.5 + 0.2 * random.nextDouble()));
        }
        if (chorus) {
          strum(notes, beat, 2, chord, 0.6);
          strum(notes, beat + 2.5, 1.5, chord, 0.5);
        }
      }
      case ELECTRIC_GUITAR -> {
        List<Integer> power =
            List.of(chord.getFirst() - 12, chord.getFirst() - 5, chord.getFirst());
        for (int eighth = 0; eighth < 8; eighth++) {
          boolean open = chorus || eighth == 0 || eighth == 3 || eighth == 6;
          strum(notes, beat + eighth / 2.0, open ? 0.48 : 0.15, power, open ? 0.8 : 0.45);
        }
      }
      case SYNTH -> {
        for (int step = 0; step < 16; step++) {
          if (chorus || step % 4 != 0) {
            int octave = step % 3 == 0 ? 12 : 0;
            notes.add(
                new Note(
                    beat + step / 4.0,
                    0.2,
                    chord.get(step % chord.size()) + octave,
                    0.45 + 0.3 * (step % 4 == 2 ? 1 : 0.3)));
          }
        }
      }
    }
  }

  private void strum(
      List<Note> notes, double beat, double beats, List<Integer> chord, double level) {
    for (int string = 0; string < chord.size(); string++) {
      notes.add(
          new Note(
              beat + string * STRUM,
              beats,
              chord.get(string),
              level * (0.88 + 0.12 * random.nextDouble())));
    }
  }
}
