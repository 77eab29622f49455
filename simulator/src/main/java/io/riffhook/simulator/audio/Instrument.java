package io.riffhook.simulator.audio;

import io.riffhook.simulator.audio.Timbre.Partial;
import java.util.List;

/**
 * Plays notes with a timbre. Each partial is a damped two-pole resonator: two multiplications a
 * sample, where a sine and an exponential would cost twenty times as much.
 */
final class Instrument {
  private static final double CEILING = 15_000;
  private static final double TREMOLO_HERTZ = 4.8;

  private final Timbre timbre;
  private final Tempo tempo;

  Instrument(Timbre timbre, Tempo tempo) {
    this.timbre = timbre;
    this.tempo = tempo;
  }

  void play(Track track, List<Note> notes, double level) {
    notes.forEach(note -> play(track, note, level));
  }

  private void play(Track track, Note note, double level) {
    double start = tempo.seconds(note.beat());
    double held = tempo.seconds(note.beat() + note.beats()) - start;
    float[] left = sound(note, held, -timbre.detune() / 2);
    float[] right = timbre.detune() == 0 ? left : sound(note, held, timbre.detune() / 2);
    if (timbre.tremolo() > 0) {
      tremolo(left, right, start);
    }
    track.add(left, right, start, level * note.level());
  }

  private float[] sound(Note note, double held, double cents) {
    float[] sound = new float[(int) ((held + timbre.release()) * Pcm.RATE)];
    double hertz = 440 * Math.pow(2, (note.pitch() - 69 + cents / 100) / 12);
    for (Partial partial : timbre.partials()) {
      if (hertz * partial.ratio() < CEILING) {
        // A harder stroke is brighter, not just louder.
        double bright = Math.pow(note.level(), 0.12 * (partial.ratio() - 1));
        ring(sound, hertz * partial.ratio(), partial.level() * bright, partial.decay());
      }
    }
    shape(sound, held);
    return sound;
  }

  private static void ring(float[] sound, double hertz, double level, double decay) {
    double damping = Math.exp(-decay / Pcm.RATE);
    double angle = 2 * Math.PI * hertz / Pcm.RATE;
    double first = 2 * damping * Math.cos(angle);
    double second = damping * damping;
    double before = 0;
    double now = level * damping * Math.sin(angle);
    for (int index = 1; index < sound.length; index++) {
      sound[index] += (float) now;
      double next = first * now - second * before;
      before = now;
      now = next;
    }
  }

  /** Fades in and out along half a cosine, so that no note starts or ends with a click. */
  private void shape(float[] sound, double held) {
    int attack = Math.min(sound.length, (int) (timbre.attack() * Pcm.RATE));
    for (int index = 0; index < attack; index++) {
      sound[index] *= (float) (0.5 - 0.5 * Math.cos(Math.PI * index / attack));
    }
    int release = Math.min(sound.length, (int) (held * Pcm.RATE));
    for (int index = release; index < sound.length; index++) {
      sound[index] *=
          (float) (0.5 + 0.5 * Math.cos(Math.PI * (index - release) / (sound.length - release)));
    }
  }

  private void tremolo(float[] left, float[] right, double start) {
    for (int index = 0; index < left.length; index++) {
      double swing =
          Math.sin(2 * Math.PI * TREMOLO_HERTZ * (start + index / (double) Pcm.RATE))
              * timbre.tremolo();
      left[index] *= (float) (1 + swing);
      right[index] *= (float) (1 - swing);
    }
  }
}
