package io.riffhook.simulator.audio;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A drum kit: each drum's sound is made once and then struck as often as needed. */
final class DrumKit {
  private final Map<Drum, float[]> sounds = new EnumMap<>(Drum.class);
  private final Random random;
  private final double tuning;

  /** A kit; {@code tuning} is 1 for a plain kit, less for a deeper one. */
  DrumKit(Random random, double tuning) {
    this.random = random;
    this.tuning = tuning;
  }

  void play(Track track, List<Hit> hits, Tempo tempo) {
    for (Hit hit : hits) {
      float[] sound = sounds.computeIfAbsent(hit.drum(), this::sound);
      // Nobody strikes on the very sample; kicks nearly do.
      double late = hit.drum() == Drum.KICK ? 0 : 0.004 * random.nextDouble();
      track.add(sound, tempo.seconds(hit.beat()) + late, hit.level(), pan(hit.drum()));
    }
  }

  private static double pan(Drum drum) {
    return switch (drum) {
      case KICK, SNARE -> 0;
      case BRUSH -> -0.1;
      case CLAP -> 0.08;
      case RIM -> -0.2;
      case HAT, OPEN_HAT -> 0.3;
      case RIDE -> -0.35;
      case CRASH -> -0.25;
      case SHAKER -> 0.4;
      case TOM -> 0.25;
    };
  }

  private float[] sound(Drum drum) {
    return switch (drum) {
      case KICK -> Percussion.sweep(0.42, 150 * tuning, 46 * tuning, 28, 7.5, 1.3f);
      case TOM -> Percussion.sweep(0.5, 170 * tuning, 95 * tuning, 14, 7, 0.9f);
      case SNARE ->
          Percussion.sum(
              Percussion.sweep(0.2, 260 * tuning, 185 * tuning, 40, 22, 0.55f),
              Percussion.noise(random, 0.28, 1400, 9000, 17, 0.75f));
      case BRUSH -> Percussion.swell(Percussion.noise(random, 0.3, 1800, 7000, 12, 0.5f), 0.02);
      case CLAP ->
          Percussion.sum(
              Percussion.noise(random, 0.26, 900, 5000, 19, 0.7f),
              Percussion.later(Percussion.noise(random, 0.03, 900, 5000, 90, 0.7f), 0.011),
              Percussion.later(Percussion.noise(random, 0.2, 900, 5000, 26, 0.6f), 0.023));
      case RIM ->
          Percussion.sum(
              Percussion.sweep(0.07, 1750, 1700, 10, 70, 0.5f),
              Percussion.noise(random, 0.04, 2500, 8000, 90, 0.4f));
      case HAT -> Percussion.noise(random, 0.08, 7000, 16000, 60, 1.1f);
      case OPEN_HAT -> Percussion.noise(random, 0.32, 6500, 16000, 13, 0.9f);
      case SHAKER -> Percussion.swell(Percussion.noise(random, 0.09, 5000, 12000, 38, 0.9f), 0.018);
      case RIDE ->
          Percussion.sum(
              Percussion.metal(0.9, 3100, 5.5, 0.11f),
              Percussion.noise(random, 0.5, 7500, 15000, 11, 0.5f));
      case CRASH ->
          Percussion.sum(
              Percussion.metal(1.6, 2300, 3.2, 0.09f),
              Percussion.noise(random, 1.8, 3500, 15000, 3.4, 0.42f));
    };
  }
}
