package io.riffhook.simulator.audio;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The words of a song and the notes they are sung on.
 *
 * @param lyrics the whole lyrics, with section markers
 * @param notes the sung notes in order
 * @param words the sung words in order
 */
record Vocals(String lyrics, List<Sung> notes, List<TimedWord> words) {
  /** One line takes about this long, so slow songs sing one bar a line and fast ones two. */
  private static final double LINE_SECONDS = 3;

  Vocals {
    notes = List.copyOf(notes);
    words = List.copyOf(words);
  }

  static Vocals write(SongBrief brief, Style style, List<Section> sections) {
    int barsPerLine = style.tempo().secondsPerBar() >= LINE_SECONDS * 0.8 ? 1 : 2;
    LyricWriter writer = new LyricWriter(brief.prompt(), brief.seed() + 7);
    List<String> given = LyricWriter.sung(brief.lyrics());
    Scribe scribe = new Scribe(style, new Random(brief.seed() + 11));
    List<String> blocks = new ArrayList<>();
    int used = 0;
    for (Section section : sections) {
      if (section.kind().sung()) {
        boolean chorus = section.kind() == Section.Kind.CHORUS;
        int count = Math.ceilDiv(section.bars(), barsPerLine);
        List<String> own = chorus ? writer.chorus(count) : writer.verse(count);
        List<String> lines =
            given.isEmpty()
                ? own
                : given.subList(Math.min(used, given.size()), Math.min(used + count, given.size()));
        used += count;
        blocks.add(LyricWriter.block(chorus ? "[Chorus]" : "[Verse]", lines));
        scribe.sing(section, lines, barsPerLine, brief.seed() + (chorus ? 100 : 0));
      }
    }
    String lyrics = given.isEmpty() ? String.join("\n\n", blocks) : brief.lyrics();
    return new Vocals(
        brief.instrumental() ? LyricWriter.INSTRUMENTAL : lyrics,
        scribe.notes,
        brief.instrumental() ? List.of() : scribe.words);
  }

  /** Collects notes and word times line by line. */
  private static final class Scribe {
    private final Tempo tempo;
    private final Melody melody;
    private final List<Sung> notes = new ArrayList<>();
    private final List<TimedWord> words = new ArrayList<>();

    Scribe(Style style, Random random) {
      this.tempo = style.tempo();
      this.melody = new Melody(style.key(), random);
    }

    void sing(Section section, List<String> lines, int barsPerLine, long motif) {
      for (int line = 0; line < lines.size(); line++) {
        int bars = Math.min(barsPerLine, section.bars() - line * barsPerLine);
        double start = section.firstBeat() + (double) line * barsPerLine * Tempo.BEATS_PER_BAR;
        sing(
            section, lines.get(line), start, bars * (double) Tempo.BEATS_PER_BAR, motif + line % 2);
      }
    }

    private void sing(Section section, String line, double start, double beats, long motif) {
      List<String> texts = List.of(line.split("\\s+"));
      int syllables = texts.stream().mapToInt(text -> Syllable.of(text).size()).sum();
      List<Note> tune = melody.line(section, start, beats, syllables, motif);
      int at = 0;
      for (String text : texts) {
        int first = at;
        for (Syllable syllable : Syllable.of(text)) {
          if (at < tune.size()) {
            notes.add(new Sung(tune.get(at++), syllable, words.size()));
          }
        }
        if (at > first) {
          Note last = tune.get(at - 1);
          words.add(
              new TimedWord(
                  text,
                  tempo.seconds(tune.get(first).beat()),
                  tempo.seconds(last.beat() + last.beats())));
        }
      }
    }
  }
}
