package io.riffhook.simulator.audio;

import java.util.List;

/** Sound as CDs hold it: 44.1 kHz, two channels, 16 bits. */
public final class Pcm {
  /** Samples per second and channel. */
  public static final int RATE = 44_100;

  /** Bytes of one sample of both channels. */
  public static final int FRAME_BYTES = 4;

  private final short[] samples;

  /** Takes over {@code samples}, left and right in turn. */
  Pcm(short[] samples) {
    this.samples = samples;
  }

  /**
   * Rounds a track, scaled by {@code gain}, to 16 bits. What is beyond full scale after that is a
   * bug of the caller's.
   */
  static Pcm of(Track track, double gain) {
    short[] samples = new short[track.frames() * 2];
    for (int frame = 0; frame < track.frames(); frame++) {
      samples[frame * 2] = (short) Math.round(track.left[frame] * gain * Short.MAX_VALUE);
      samples[frame * 2 + 1] = (short) Math.round(track.right[frame] * gain * Short.MAX_VALUE);
    }
    return new Pcm(samples);
  }

  /** Adds sounds up, sample by sample. */
  static Pcm sum(List<Pcm> parts, int frames) {
    short[] samples = new short[frames * 2];
    for (Pcm part : parts) {
      for (int index = 0; index < samples.length; index++) {
        samples[index] += part.samples[index];
      }
    }
    return new Pcm(samples);
  }

  /** The sample of a channel, 0 left or 1 right. */
  public short sample(int frame, int channel) {
    return samples[frame * 2 + channel];
  }

  /** Samples per channel. */
  public int frames() {
    return samples.length / 2;
  }

  /**
   * Copies little-endian bytes, as WAV files hold them, from {@code frame} on; as many frames as
   * both sides have room for.
   */
  int copy(int frame, byte[] to, int at) {
    int count = Math.min(frames() - frame, (to.length - at) / FRAME_BYTES);
    for (int index = 0; index < count * 2; index++) {
      short sample = samples[frame * 2 + index];
      to[at + index * 2] = (byte) sample;
      to[at + index * 2 + 1] = (byte) (sample >> 8);
    }
    return count;
  }
}
