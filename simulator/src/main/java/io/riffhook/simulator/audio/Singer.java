package io.riffhook.simulator.audio;

import java.util.List;
import java.util.Random;

/**
 * Sings: harmonics of a gliding pitch with vibrato, coloured by the resonances of the vowel, with a
 * breath of noise for consonants. Harmonics come from the recurrence {@code sin(kx) = 2 cos(x)
 * sin((k-1)x) - sin((k-2)x)}.
 */
final class Singer {
  private static final int HARMONICS = 36;
  private static final double CEILING = 9_000;

  /** The mouth moves once in so many samples. */
  private static final int BLOCK = 64;

  private static final double ATTACK = 0.045;
  private static final double RELEASE = 0.09;

  private final Tempo tempo;
  private final Random random;
  private final double cents;
  private final double[] mouth = new double[HARMONICS];
  private double phase;
  private double pitch;

  /** A singer; {@code cents} is how far out of tune, which keeps doubled voices apart. */
  Singer(Tempo tempo, Random random, double cents) {
    this.tempo = tempo;
    this.random = random;
    this.cents = cents;
  }

  void sing(Track track, List<Sung> notes, int transpose, double level, double pan) {
    double free = 0;
    for (Sung sung : notes) {
      Note note = sung.note();
      double start = tempo.seconds(note.beat()) + 0.012 * random.nextDouble();
      double held = tempo.seconds(note.beat() + note.beats()) - start;
      if (start - free > 0.12) {
        // After a breath the voice starts on the note, a little below; otherwise it glides from the
        // last one.
        pitch = note.pitch() + transpose - 0.6;
      }
      free = start + held;
      track.add(voice(sung, note.pitch() + transpose, held), start, level * note.level(), pan);
      if (sung.syllable().hiss() > 0) {
        float[] hiss = Percussion.noise(random, 0.075, 3500, 9500, 40, 0.16f);
        track.add(
            Percussion.swell(hiss, 0.02),
            Math.max(0, start - 0.045),
            level * sung.syllable().hiss(),
            pan);
      }
    }
  }

  private float[] voice(Sung sung, double target, double held) {
    float[] sound = new float[(int) ((held + RELEASE) * Pcm.RATE)];
    double vibrato = 0.16 + 0.06 * random.nextDouble();
    double rate = 5.1 + 0.5 * random.nextDouble();
    for (int block = 0; block < sound.length; block += BLOCK) {
      double time = block / (double) Pcm.RATE;
      pitch += (target - pitch) * 0.045;
      double depth = vibrato * Math.clamp((time - 0.22) / 0.3, 0, 1);
      double sounding = pitch + depth * Math.sin(2 * Math.PI * rate * time) + cents / 100;
      double hertz = 440 * Math.pow(2, (sounding - 69) / 12);
      shapeMouth(sung.syllable().vowel(), hertz, block == 0 ? 0.5 : 0.09);
      fill(sound, block, hertz);
    }
    for (int index = 0; index < sound.length; index++) {
      double time = index / (double) Pcm.RATE;
      double in = Math.min(1, time / ATTACK);
      double out = Math.min(1, (held + RELEASE - time) / RELEASE);
      sound[index] *= (float) (in * in * (3 - 2 * in) * out * out * (3 - 2 * out));
    }
    return sound;
  }

  private void shapeMouth(Vowel vowel, double hertz, double speed) {
    double[] levels = new double[HARMONICS];
    double energy = 0;
    for (int harmonic = 1; harmonic <= HARMONICS; harmonic++) {
      double frequency = hertz * harmonic;
      double level = frequency > CEILING ? 0 : vowel.gain(frequency) / Math.pow(harmonic, 0.85);
      levels[harmonic - 1] = level;
      energy += level * level;
    }
    // Vowels of equal energy: an "oo" is not sung softer than an "ah".
    double even = 0.35 / Math.sqrt(energy);
    for (int harmonic = 0; harmonic < HARMONICS; harmonic++) {
      mouth[harmonic] += (levels[harmonic] * even - mouth[harmonic]) * speed;
    }
  }

  private void fill(float[] sound, int from, double hertz) {
    int end = Math.min(sound.length, from + BLOCK);
    double step = 2 * Math.PI * hertz / Pcm.RATE;
    for (int index = from; index < end; index++) {
      phase += step;
      double twice = 2 * Math.cos(phase);
      double before = 0;
      double now = Math.sin(phase);
      double sum = 0;
      for (int harmonic = 0; harmonic < HARMONICS; harmonic++) {
        sum += now * mouth[harmonic];
        double next = twice * now - before;
        before = now;
        now = next;
      }
      sound[index] = (float) sum;
    }
    phase %= 2 * Math.PI;
  }
}
