package io.riffhook.simulator.audio;

/** What is done to a finished track. */
final class Effects {
  /** Below this, in hertz, there is nothing to hear and much to lose: headroom. */
  private static final double RUMBLE = 24;

  private Effects() {}

  /** Overdrive: rounds off what is loud, up to {@code ceiling}. */
  static void drive(Track track, double gain, double ceiling) {
    drive(track.left, gain, ceiling);
    drive(track.right, gain, ceiling);
  }

  /** A one-pole low-pass at {@code hertz}. */
  static void darken(Track track, double hertz) {
    double speed = 1 - Math.exp(-2 * Math.PI * hertz / Pcm.RATE);
    darken(track.left, speed);
    darken(track.right, speed);
  }

  /** Removes direct current and rumble. */
  static void clean(Track track) {
    clean(track.left);
    clean(track.right);
  }

  /** Fades the last seconds out to silence. */
  static void fadeOut(Track track, double seconds) {
    int length = Math.min(track.frames(), (int) (seconds * Pcm.RATE));
    int start = track.frames() - length;
    for (int index = 0; index < length; index++) {
      float gain = (float) (0.5 + 0.5 * Math.cos(Math.PI * index / length));
      track.left[start + index] *= gain;
      track.right[start + index] *= gain;
    }
  }

  private static void drive(float[] channel, double gain, double ceiling) {
    for (int index = 0; index < channel.length; index++) {
      channel[index] = (float) (ceiling * Math.tanh(channel[index] * gain / ceiling));
    }
  }

  private static void darken(float[] channel, double speed) {
    double smooth = 0;
    for (int index = 0; index < channel.length; index++) {
      smooth += speed * (channel[index] - smooth);
      channel[index] = (float) smooth;
    }
  }

  private static void clean(float[] channel) {
    double keep = Math.exp(-2 * Math.PI * RUMBLE / Pcm.RATE);
    double before = 0;
    double out = 0;
    for (int index = 0; index < channel.length; index++) {
      out = keep * (out + channel[index] - before);
      before = channel[index];
      channel[index] = (float) out;
    }
  }
}
