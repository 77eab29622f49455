package io.riffhook.simulator.audio;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The sound of an instrument as a sum of partials that die away each at its own pace.
 *
 * @param partials the partials
 * @param attack seconds until it is at its loudest
 * @param release seconds until it is silent after the note's end
 * @param detune how far the two channels are out of tune, in cents
 * @param tremolo how deep the level swings from side to side, 0 to 1
 */
record Timbre(
    List<Partial> partials, double attack, double release, double detune, double tremolo) {

  /**
   * One partial.
   *
   * @param ratio its frequency over the note's
   * @param level its level, 0 to 1
   * @param decay how fast it dies, per second; 0 holds
   */
  record Partial(double ratio, double level, double decay) {}

  static final Timbre ELECTRIC_PIANO =
      new Timbre(
          List.of(
              new Partial(1, 1, 1.1),
              new Partial(2, 0.3, 1.8),
              new Partial(3, 0.16, 3),
              new Partial(4, 0.07, 4.5),
              new Partial(5, 0.03, 5),
              new Partial(7.02, 0.05, 11),
              new Partial(14.1, 0.02, 20)),
          0.004,
          0.16,
          3,
          0.25);
  static final Timbre PIANO =
      harmonics(
          14,
          k -> new Partial(k * Math.sqrt(1 + 0.0005 * k * k), Math.pow(k, -1.25), 0.7 + 0.55 * k),
          0.003,
          0.2,
          2);
  static final Timbre GUITAR =
      harmonics(
          16,
          k ->
              new Partial(
                  k * Math.sqrt(1 + 0.00012 * k * k),
                  Math.abs(Math.sin(k * Math.PI * 0.19)) / k,
                  1.3 + 0.5 * k),
          0.002,
          0.12,
          2);
  static final Timbre ELECTRIC_GUITAR =
      harmonics(14, k -> new Partial(k, Math.pow(k, -0.9), 0.8 + 0.25 * k), 0.003, 0.05, 6);
  static final Timbre SYNTH =
      harmonics(18, k -> new Partial(k, 1.0 / k, 2.5 + 1.1 * k), 0.003, 0.08, 9);
  static final Timbre PAD = harmonics(7, k -> new Partial(k, Math.pow(k, -1.6), 0), 0.35, 0.6, 11);
  static final Timbre BELL =
      new Timbre(
          List.of(
              new Partial(1, 1, 2.5),
              new Partial(2.01, 0.25, 4),
              new Partial(3.98, 0.2, 7),
              new Partial(9.2, 0.05, 16)),
          0.002,
          0.4,
          4,
          0.4);
  static final Timbre FINGERED_BASS =
      harmonics(10, k -> new Partial(k, Math.pow(k, -1.35), 0.9 + 0.9 * k), 0.006, 0.06, 0);
  static final Timbre UPRIGHT_BASS =
      harmonics(
          7,
          k ->
              new Partial(
                  k * Math.sqrt(1 + 0.0002 * k * k),
                  new double[] {1, 0.6, 0.32, 0.14, 0.08, 0.05, 0.03}[k - 1],
                  1.5 + 1.1 * k),
          0.008,
          0.08,
          0);
  static final Timbre SYNTH_BASS =
      harmonics(16, k -> new Partial(k, Math.pow(k, -1.05), 0.5 + 1.6 * k), 0.004, 0.05, 0);
  static final Timbre SUB_BASS =
      harmonics(4, k -> new Partial(k, Math.pow(k, -2.2), 0.5), 0.03, 0.15, 0);

  static Timbre of(Keys keys) {
    return switch (keys) {
      case ELECTRIC_PIANO -> ELECTRIC_PIANO;
      case PIANO -> PIANO;
      case GUITAR -> GUITAR;
      case ELECTRIC_GUITAR -> ELECTRIC_GUITAR;
      case SYNTH -> SYNTH;
    };
  }

  static Timbre of(BassLine bass) {
    return switch (bass) {
      case WALKING -> UPRIGHT_BASS;
      case EASY, EIGHTHS, SYNCOPATED -> FINGERED_BASS;
      case OFFBEAT -> SYNTH_BASS;
      case LONG -> SUB_BASS;
    };
  }

  private static Timbre harmonics(
      int count, IntFunction<Partial> partial, double attack, double release, double detune) {
    return new Timbre(
        IntStream.rangeClosed(1, count).mapToObj(partial).toList(), attack, release, detune, 0);
  }
}
