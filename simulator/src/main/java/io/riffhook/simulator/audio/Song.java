package io.riffhook.simulator.audio;

import java.util.List;

/**
 * A composed song, not yet heard. Composing takes about a millisecond, so it may be done again at
 * will.
 *
 * @param brief what it was made of
 * @param title its title
 * @param style how it is played
 * @param score its notes
 * @param vocals its words and sung notes
 */
public record Song(SongBrief brief, String title, Style style, Score score, Vocals vocals) {

  /**
   * What it sounds like, in words: {@code "jazz-pop, electric piano, walking bass, A minor, 104
   * bpm"}.
   */
  public String sound() {
    return style.sound();
  }

  /** What it is about, in a word or two. */
  public String topic() {
    return Topic.of(brief.prompt());
  }

  /** Its lyrics with section markers, or {@link LyricWriter#INSTRUMENTAL}. */
  public String lyrics() {
    return vocals.lyrics();
  }

  /** When each word is sung, in order; empty for an instrumental. */
  public List<TimedWord> words() {
    return vocals.words();
  }

  /** Its exact length in seconds. */
  public double seconds() {
    return score.frames() / (double) Pcm.RATE;
  }

  /**
   * A picture of its loudness for players: values of 0 to 1, evenly spread over the song. Estimated
   * from the notes.
   */
  public List<Double> waveform() {
    return score.loudness(100);
  }
}
