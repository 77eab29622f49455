package io.riffhook.simulator.audio;

import java.util.Random;

/**
 * The materials of which drum sounds are made: skins, noise and metal. All levels are peaks, about.
 */
final class Percussion {
  private static final double[] METAL = {1, 1.342, 1.483, 1.719, 2.217, 2.631, 3.14};

  /** Strokes start within this many samples: quick enough to be sharp, slow enough not to click. */
  private static final int ONSET = 30;

  private Percussion() {}

  /** A skin: a sine that falls from one pitch to another while it dies. Rates are per second. */
  static float[] sweep(
      double seconds, double from, double to, double fall, double decay, float level) {
    float[] sound = new float[(int) (seconds * Pcm.RATE)];
    double phase = 0;
    for (int index = 0; index < sound.length; index++) {
      double time = index / (double) Pcm.RATE;
      phase += 2 * Math.PI * (to + (from - to) * Math.exp(-fall * time)) / Pcm.RATE;
      sound[index] = (float) (level * Math.sin(phase) * Math.exp(-decay * time));
    }
    return end(sound);
  }

  /** Noise between two frequencies in hertz, dying at {@code decay} per second. */
  static float[] noise(
      Random random, double seconds, double low, double high, double decay, float level) {
    float[] sound = new float[(int) (seconds * Pcm.RATE)];
    double lowPass = 1 - Math.exp(-2 * Math.PI * high / Pcm.RATE);
    double highPass = 1 - Math.exp(-2 * Math.PI * low / Pcm.RATE);
    double smooth = 0;
    double slow = 0;
    double slower = 0;
    for (int index = 0; index < sound.length; index++) {
      smooth += lowPass * (random.nextDouble() * 2 - 1 - smooth);
      slow += highPass * (smooth - slow);
      slower += highPass * (smooth - slow - slower);
      double onset = Math.min(1, index / (double) ONSET);
      sound[index] =
          (float) (level * onset * (smooth - slow - slower) * Math.exp(-decay * index / Pcm.RATE));
    }
    return end(sound);
  }

  /** A cymbal's ring: sines that fit no harmonic series. */
  static float[] metal(double seconds, double hertz, double decay, float level) {
    float[] sound = new float[(int) (seconds * Pcm.RATE)];
    for (double ratio : METAL) {
      for (int index = 0; index < sound.length; index++) {
        double time = index / (double) Pcm.RATE;
        sound[index] +=
            (float)
                (level
                    * Math.sin(2 * Math.PI * hertz * ratio * time)
                    * Math.exp(-decay * ratio * time));
      }
    }
    return end(sound);
  }

  /** Fades the sound in over some seconds: a stroke that brushes. */
  static float[] swell(float[] sound, double seconds) {
    int length = (int) (seconds * Pcm.RATE);
    for (int index = 0; index < length; index++) {
      sound[index] *= (float) (0.5 - 0.5 * Math.cos(Math.PI * index / length));
    }
    return sound;
  }

  static float[] later(float[] sound, double seconds) {
    int silence = (int) (seconds * Pcm.RATE);
    float[] moved = new float[sound.length + silence];
    System.arraycopy(sound, 0, moved, silence, sound.length);
    return moved;
  }

  static float[] sum(float[]... sounds) {
    int length = 0;
    for (float[] sound : sounds) {
      length = Math.max(length, sound.length);
    }
    float[] sum = new float[length];
    for (float[] sound : sounds) {
      for (int index = 0; index < sound.length; index++) {
        sum[index] += sound[index];
      }
    }
    return sum;
  }

  /** Fades out the last fifth: what is cut off while it still sounds clicks. */
  private static float[] end(float[] sound) {
    int fade = sound.length / 5;
    for (int index = 0; index < fade; index++) {
      sound[sound.length - 1 - index] *= (float) (0.5 - 0.5 * Math.cos(Math.PI * index / fade));
    }
    return sound;
  }
}
