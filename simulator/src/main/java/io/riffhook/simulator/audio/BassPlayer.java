package io.riffhook.simulator.audio;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Plays the bass under the chords, in the manner of the genre. */
final class BassPlayer {
  /** The lowest root: E1 and up. */
  private static final int FLOOR = 29;

  private final Style style;
  private final Random random;

  BassPlayer(Style style, Random random) {
    this.style = style;
    this.random = random;
  }

  List<Note> play(List<Section> sections) {
    List<Note> notes = new ArrayList<>();
    List<Chord> chords = sections.stream().flatMap(section -> section.chords().stream()).toList();
    int bar = 0;
    for (Section section : sections) {
      for (int ignored = 0; ignored < section.bars(); ignored++, bar++) {
        Chord next = chords.get(Math.min(bar + 1, chords.size() - 1));
        boolean calm = section.kind() == Section.Kind.INTRO || bar == chords.size() - 1;
        bar(
            notes,
            bar * (double) Tempo.BEATS_PER_BAR,
            chords.get(bar),
            next,
            calm ? BassLine.LONG : style.feel().bass());
      }
    }
    return notes;
  }

  private void bar(List<Note> notes, double beat, Chord chord, Chord next, BassLine line) {
    int root = chord.root(FLOOR);
    int fifth = root + 7;
    switch (line) {
      case WALKING -> walk(notes, beat, chord, next);
      case EASY -> {
        add(notes, beat, 1.4, root, 0.85);
        add(notes, beat + 1.5, 0.5, root, 0.6);
        add(notes, beat + 2, 1.2, random.nextBoolean() ? fifth : root + 12, 0.75);
        add(notes, beat + 3.5, 0.5, next.root(FLOOR) - 2, 0.5);
      }
      case SYNCOPATED -> {
        add(notes, beat, 0.7, root, 0.95);
        add(notes, beat + 0.75, 0.6, root, 0.7);
        add(notes, beat + 1.5, 0.9, root + 12, 0.75);
        add(notes, beat + 2.5, 0.9, root, 0.85);
        add(notes, beat + 3.5, 0.45, random.nextBoolean() ? fifth : root, 0.65);
      }
      case OFFBEAT -> {
        for (int eighth = 1; eighth < 8; eighth += 2) {
          add(notes, beat + eighth / 2.0, 0.42, root, 0.9);
        }
        add(notes, beat + 3.75, 0.2, root + 12, 0.55);
      }
      case EIGHTHS -> {
        for (int eighth = 0; eighth < 8; eighth++) {
          int pitch = eighth == 7 && random.nextBoolean() ? fifth : root;
          add(notes, beat + eighth / 2.0, 0.44, pitch, eighth % 2 == 0 ? 0.95 : 0.75);
        }
      }
      case LONG -> {
        add(notes, beat, 2.8, root, 0.8);
        add(notes, beat + 3, 0.95, fifth, 0.45);
      }
    }
  }

  /** Root, two chord tones, and a half step into the next root. */
  private void walk(List<Note> notes, double beat, Chord chord, Chord next) {
    int root = chord.root(FLOOR);
    List<Integer> tones = chord.voicing(root);
    add(notes, beat, 0.92, root, 0.9);
    add(notes, beat + 1, 0.92, tones.get(1), 0.75);
    add(notes, beat + 2, 0.92, tones.get(random.nextBoolean() ? 2 : tones.size() - 1), 0.85);
    add(notes, beat + 3, 0.85, next.root(FLOOR) + (random.nextBoolean() ? 1 : -1), 0.75);
  }

  private void add(List<Note> notes, double beat, double beats, int pitch, double level) {
    notes.add(new Note(beat, beats, pitch, level * (0.92 + 0.08 * random.nextDouble())));
  }
}
