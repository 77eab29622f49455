package io.riffhook.simulator.audio;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Plays the drums: the genre's bar, thinner in the intro, a crash on each new section and a fill
 * before it.
 */
final class Drummer {
  private static final int STEPS = 16;

  private final Style style;
  private final Random random;

  Drummer(Style style, Random random) {
    this.style = style;
    this.random = random;
  }

  List<Hit> play(List<Section> sections) {
    List<Hit> hits = new ArrayList<>();
    for (Section section : sections) {
      for (int bar = 0; bar < section.bars(); bar++) {
        double beat = section.firstBeat() + bar * (double) Tempo.BEATS_PER_BAR;
        boolean last = bar == section.bars() - 1;
        boolean closing = section.kind() == Section.Kind.OUTRO && last;
        if (bar == 0 && section.firstBar() > 0 && style.beat() != Genre.AMBIENT) {
          hits.add(new Hit(beat, Drum.CRASH, section.kind() == Section.Kind.CHORUS ? 0.8 : 0.45));
        }
        bar(hits, section, beat, closing ? 1 : last && section.bars() > 1 ? 12 : STEPS);
        if (last && !closing && section.bars() > 1) {
          fill(hits, beat + 3);
        }
      }
    }
    return hits;
  }

  private void bar(List<Hit> hits, Section section, double beat, int steps) {
    for (Beat.Line line : style.beat().beat().lines()) {
      if (section.kind() != Section.Kind.INTRO || isTimeKeeper(line.drum())) {
        for (int step = 0; step < steps; step++) {
          double level = line.level(step);
          if (level > 0) {
            hits.add(
                new Hit(
                    beat + step / 4.0, line.drum(), level * (0.85 + 0.15 * random.nextDouble())));
          } else if (line.drum() == Drum.HAT && random.nextInt(20) == 0) {
            hits.add(new Hit(beat + step / 4.0, line.drum(), 0.25));
          }
        }
      }
    }
  }

  private void fill(List<Hit> hits, double beat) {
    boolean soft = style.beat() == Genre.AMBIENT || style.beat() == Genre.FOLK;
    Drum drum = soft ? Drum.BRUSH : Drum.TOM;
    int[][] rhythms = {{0, 2, 3}, {0, 1, 2, 3}, {0, 2}, {1, 2, 3}};
    for (int step : rhythms[random.nextInt(rhythms.length)]) {
      hits.add(
          new Hit(
              beat + step / 4.0,
              step == 0 && !soft ? Drum.SNARE : drum,
              (soft ? 0.35 : 0.6) + 0.08 * step));
    }
  }

  private static boolean isTimeKeeper(Drum drum) {
    return switch (drum) {
      case HAT, OPEN_HAT, RIDE, SHAKER, RIM -> true;
      case KICK, SNARE, BRUSH, CLAP, CRASH, TOM -> false;
    };
  }
}
