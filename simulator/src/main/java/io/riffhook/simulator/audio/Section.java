package io.riffhook.simulator.audio;

import java.util.List;

/**
 * A part of a song.
 *
 * @param kind what it is for
 * @param firstBar its first bar, from 0
 * @param chords one chord per bar
 */
record Section(Kind kind, int firstBar, List<Chord> chords) {
  /** What a section is for. */
  enum Kind {
    INTRO,
    VERSE,
    CHORUS,
    OUTRO;

    /** Whether somebody sings here. */
    boolean sung() {
      return this == VERSE || this == CHORUS;
    }
  }

  Section {
    chords = List.copyOf(chords);
  }

  int bars() {
    return chords.size();
  }

  double firstBeat() {
    return firstBar * (double) Tempo.BEATS_PER_BAR;
  }

  /** The chord at a beat of the song; the nearest one for a beat outside of the section. */
  Chord chordAt(double beat) {
    int bar = (int) Math.floor(beat / Tempo.BEATS_PER_BAR) - firstBar;
    return chords.get(Math.clamp(bar, 0, bars() - 1));
  }
}
