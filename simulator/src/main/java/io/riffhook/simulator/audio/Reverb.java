package io.riffhook.simulator.audio;

/**
 * A room: damped combs into all-passes on each channel, after Schroeder and Moorer; the delays are
 * Freeverb's.
 */
final class Reverb {
  private static final int[] COMBS = {1116, 1188, 1277, 1356, 1422, 1557};
  private static final int[] ALL_PASSES = {556, 441, 225};
  private static final int SPREAD = 23;
  private static final float DAMPING = 0.3f;

  private Reverb() {}

  /**
   * Adds the room to the track. {@code size} is how long it rings, 0 to 0.95; {@code wet} its
   * level.
   */
  static void add(Track track, double size, double wet) {
    float[] room = mono(track);
    add(track.left, room, 0, (float) size, (float) wet);
    add(track.right, room, SPREAD, (float) size, (float) wet);
  }

  /**
   * Adds echoes that cross from side to side, {@code seconds} apart, each {@code feedback} of the
   * one before.
   */
  static void echo(Track track, double seconds, double feedback, double wet) {
    int delay = (int) (seconds * Pcm.RATE);
    float[] dry = mono(track);
    float[] one = new float[dry.length];
    float[] two = new float[dry.length];
    for (int index = delay; index < dry.length; index++) {
      one[index] = dry[index - delay] + two[index - delay] * (float) feedback;
      two[index] = one[index - delay] * (float) feedback;
    }
    for (int index = 0; index < dry.length; index++) {
      track.left[index] += one[index] * (float) wet;
      track.right[index] += two[index] * (float) wet;
    }
  }

  private static float[] mono(Track track) {
    float[] mono = new float[track.frames()];
    for (int index = 0; index < mono.length; index++) {
      mono[index] = (track.left[index] + track.right[index]) / 2;
    }
    return mono;
  }

  private static void add(float[] channel, float[] input, int spread, float size, float wet) {
    float[] room = new float[input.length];
    for (int delay : COMBS) {
      comb(room, input, delay + spread, size);
    }
    for (int delay : ALL_PASSES) {
      allPass(room, delay + spread);
    }
    for (int index = 0; index < channel.length; index++) {
      channel[index] += room[index] * wet / COMBS.length;
    }
  }

  private static void comb(float[] room, float[] input, int delay, float feedback) {
    float[] line = new float[delay];
    float smooth = 0;
    int at = 0;
    for (int index = 0; index < input.length; index++) {
      float out = line[at];
      smooth = out * (1 - DAMPING) + smooth * DAMPING;
      line[at] = input[index] + smooth * feedback;
      room[index] += out;
      at = at + 1 == delay ? 0 : at + 1;
    }
  }

  private static void allPass(float[] room, int delay) {
    float[] line = new float[delay];
    int at = 0;
    for (int index = 0; index < room.length; index++) {
      float held = line[at];
      float in = room[index];
      line[at] = in + held * 0.5f;
      room[index] = held - in * 0.5f;
      at = at + 1 == delay ? 0 : at + 1;
    }
  }
}
