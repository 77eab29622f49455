package io.riffhook.simulator.audio;

import java.util.List;

/**
 * One bar of drums on sixteen steps; {@code X} is an accent, {@code x} a stroke, {@code o} a soft
 * one.
 */
enum Beat {
  POP(
      new Line(Drum.KICK, "X.....x.X......."),
      new Line(Drum.SNARE, "....X.......X..."),
      new Line(Drum.HAT, "x.o.x.o.x.o.x.oo")),
  ROCK(
      new Line(Drum.KICK, "X.....x.x.X....."),
      new Line(Drum.SNARE, "....X.......X..."),
      new Line(Drum.HAT, "X.x.X.x.X.x.X.x.")),
  JAZZ(
      new Line(Drum.RIDE, "x...X.x.x...X.x."),
      new Line(Drum.HAT, "....x.......x..."),
      new Line(Drum.KICK, "o.......o......."),
      new Line(Drum.BRUSH, "o...x.o.o...x.o.")),
  LOFI(
      new Line(Drum.KICK, "X..x......x....."),
      new Line(Drum.RIM, "....X.......X..."),
      new Line(Drum.HAT, "x.o.x.o.x.o.xoo.")),
  HIPHOP(
      new Line(Drum.KICK, "X..x..x...X....."),
      new Line(Drum.CLAP, "....X.......X..."),
      new Line(Drum.HAT, "x.x.x.xxx.x.x.xx")),
  TECHNO(
      new Line(Drum.KICK, "X...X...X...X..."),
      new Line(Drum.CLAP, "....x.......x..."),
      new Line(Drum.OPEN_HAT, "..x...x...x...x."),
      new Line(Drum.HAT, "xoooxoooxoooxooo")),
  FOLK(
      new Line(Drum.KICK, "x.......x......."),
      new Line(Drum.BRUSH, "....x.......x..."),
      new Line(Drum.SHAKER, "x.o.x.o.x.o.x.o.")),
  SPARSE(
      new Line(Drum.KICK, "o..............."),
      new Line(Drum.SHAKER, "o...o...o...o..."),
      new Line(Drum.RIM, "............o..."));

  /**
   * One drum's part.
   *
   * @param drum the drum
   * @param steps sixteen steps
   */
  record Line(Drum drum, String steps) {
    double level(int step) {
      return switch (steps.charAt(step)) {
        case 'X' -> 1;
        case 'x' -> 0.72;
        case 'o' -> 0.4;
        default -> 0;
      };
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // List.of can not be changed.
  private final List<Line> lines;

  Beat(Line... lines) {
    this.lines = List.of(lines);
  }

  List<Line> lines() {
    return lines;
  }
}
