package io.riffhook.simulator.audio;

import io.riffhook.simulator.audio.Section.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Lays out a song: intro, verses and choruses in turn, outro; and the chords of each. */
final class Form {
  private static final int[][] MAJOR = {
    {0, 4, 5, 3}, {0, 5, 3, 4}, {5, 3, 0, 4}, {0, 3, 1, 4}, {3, 4, 2, 5}
  };
  private static final int[][] MINOR = {
    {0, 5, 2, 6}, {0, 3, 5, 6}, {5, 6, 0, 0}, {0, 2, 3, 5}, {0, 6, 5, 6}
  };
  private static final int[][] MAJOR_JAZZ = {
    {1, 4, 0, 5}, {0, 5, 1, 4}, {2, 5, 1, 4}, {3, 2, 1, 0}
  };
  private static final int[][] MINOR_JAZZ = {
    {3, 6, 2, 5}, {0, 5, 1, 4}, {0, 3, 1, 4}, {5, 1, 4, 0}
  };

  private final Style style;
  private final int[] verse;
  private final int[] chorus;

  Form(Style style, Random random) {
    this.style = style;
    int[][] choices = choices();
    int first = random.nextInt(choices.length);
    this.verse = choices[first];
    this.chorus = choices[(first + 1 + random.nextInt(choices.length - 1)) % choices.length];
  }

  List<Section> sections(int bars) {
    int edge = bars < 4 ? 0 : Math.clamp(bars / 6, 1, 4);
    List<Section> sections = new ArrayList<>();
    add(sections, Kind.INTRO, edge);
    int left = bars - 2 * edge;
    boolean short4 = left < 8;
    for (int block = 0; left > 0; block++) {
      int length = short4 && block == 0 ? (left + 1) / 2 : Math.min(left, left < 7 ? left : 4);
      add(sections, block % 2 == 0 ? Kind.VERSE : Kind.CHORUS, length);
      left -= length;
    }
    add(sections, Kind.OUTRO, edge);
    return List.copyOf(sections);
  }

  private void add(List<Section> sections, Kind kind, int bars) {
    if (bars > 0) {
      int first = sections.stream().mapToInt(Section::bars).sum();
      int[] degrees = kind == Kind.CHORUS ? chorus : verse;
      sections.add(
          new Section(
              kind,
              first,
              IntStream.range(0, bars)
                  // The song comes home in its last bar.
                  .map(
                      bar ->
                          kind == Kind.OUTRO && bar == bars - 1 ? 0 : degrees[bar % degrees.length])
                  .mapToObj(degree -> new Chord(style.key(), degree, style.feel().sevenths))
                  .toList()));
    }
  }

  private int[][] choices() {
    boolean minor = style.key().scale().minor();
    if (style.feel() == Genre.JAZZ) {
      return minor ? MINOR_JAZZ : MAJOR_JAZZ;
    }
    return minor ? MINOR : MAJOR;
  }
}
