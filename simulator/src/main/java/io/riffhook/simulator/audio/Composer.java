package io.riffhook.simulator.audio;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Composes songs. Each part draws from its own seed, so a change to one leaves the others as they
 * were.
 */
public final class Composer {
  private Composer() {}

  /** The song of a brief; always the same one. */
  public static Song compose(SongBrief brief) {
    long seed = brief.seed();
    Style style = StyleReader.read(brief.prompt(), new Random(seed));
    int bars = bars(brief.seconds(), style.tempo());
    List<Section> sections = new Form(style, new Random(seed + 1)).sections(bars);
    Score score =
        new Score(
            style.tempo(),
            bars,
            sections,
            new KeysPlayer(style, new Random(seed + 2)).play(sections),
            pad(sections),
            counter(sections, new Random(seed + 3)),
            new BassPlayer(style, new Random(seed + 4)).play(sections),
            new Drummer(style, new Random(seed + 5)).play(sections));
    String title =
        brief.title().isBlank() ? new LyricWriter(brief.prompt(), seed).title() : brief.title();
    return new Song(brief, title, style, score, Vocals.write(brief, style, sections));
  }

  private static int bars(double seconds, Tempo tempo) {
    return Math.max(1, (int) Math.round((seconds - Score.TAIL_SECONDS) / tempo.secondsPerBar()));
  }

  private static List<Note> pad(List<Section> sections) {
    List<Note> notes = new ArrayList<>();
    for (Section section : sections) {
      for (int bar = 0; bar < section.bars(); bar++) {
        double beat = section.firstBeat() + bar * (double) Tempo.BEATS_PER_BAR;
        for (int pitch : section.chords().get(bar).voicing(58)) {
          notes.add(
              new Note(
                  beat,
                  Tempo.BEATS_PER_BAR,
                  pitch,
                  section.kind() == Section.Kind.CHORUS ? 0.8 : 0.5));
        }
      }
    }
    return notes;
  }

  /** Bells that answer the melody at the end of every second bar, and run through the chorus. */
  private static List<Note> counter(List<Section> sections, Random random) {
    List<Note> notes = new ArrayList<>();
    for (Section section : sections) {
      boolean full = section.kind() == Section.Kind.CHORUS;
      for (int bar = 0; bar < section.bars(); bar++) {
        List<Integer> chord = section.chords().get(bar).voicing(72);
        double beat = section.firstBeat() + bar * (double) Tempo.BEATS_PER_BAR;
        for (int eighth = full ? 0 : 4; eighth < 8; eighth++) {
          if ((full || bar % 2 == 1) && random.nextInt(10) < 6) {
            notes.add(
                new Note(
                    beat + eighth / 2.0,
                    0.5,
                    chord.get(random.nextInt(chord.size())),
                    0.4 + 0.3 * random.nextDouble()));
          }
        }
      }
    }
    return notes;
  }
}
