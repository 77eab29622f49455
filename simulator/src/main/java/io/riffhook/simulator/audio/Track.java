package io.riffhook.simulator.audio;

/** Two channels of sound being made. Not safe for use by several threads. */
final class Track {
  final float[] left;
  final float[] right;

  Track(int frames) {
    this.left = new float[frames];
    this.right = new float[frames];
  }

  int frames() {
    return left.length;
  }

  /**
   * Adds a mono sound from {@code seconds} on; what lies beyond the end is left out. {@code pan} is
   * -1 (left) to 1.
   */
  void add(float[] sound, double seconds, double level, double pan) {
    double angle = (pan + 1) * Math.PI / 4;
    mixIn(left, sound, seconds, level * Math.cos(angle) * Math.sqrt(2));
    mixIn(right, sound, seconds, level * Math.sin(angle) * Math.sqrt(2));
  }

  /** Adds a stereo sound from {@code seconds} on. */
  void add(float[] soundLeft, float[] soundRight, double seconds, double level) {
    mixIn(left, soundLeft, seconds, level);
    mixIn(right, soundRight, seconds, level);
  }

  void multiply(double gain) {
    for (int index = 0; index < left.length; index++) {
      left[index] = (float) (left[index] * gain);
      right[index] = (float) (right[index] * gain);
    }
  }

  /**
   * Root of the mean square over the parts that sound at all, so that rests don't count; 0 for
   * silence.
   */
  double rms() {
    double sum = 0;
    int sounding = 0;
    for (int index = 0; index < left.length; index++) {
      double energy =
          (left[index] * (double) left[index] + right[index] * (double) right[index]) / 2;
      if (energy > 1e-7) {
        sum += energy;
        sounding++;
      }
    }
    return sounding == 0 ? 0 : Math.sqrt(sum / sounding);
  }

  float peak() {
    float peak = 0;
    for (int index = 0; index < left.length; index++) {
      peak = Math.max(peak, Math.max(Math.abs(left[index]), Math.abs(right[index])));
    }
    return peak;
  }

  private static void mixIn(float[] channel, float[] sound, double seconds, double level) {
    int start = Math.max(0, (int) Math.round(seconds * Pcm.RATE));
    int count = Math.min(sound.length, channel.length - start);
    float gain = (float) level;
    for (int index = 0; index < count; index++) {
      channel[start + index] += sound[index] * gain;
    }
  }
}
