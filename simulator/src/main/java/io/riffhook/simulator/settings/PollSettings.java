package io.riffhook.simulator.settings;

/**
 * How reads of work answer, of the providers whose works have several songs or begin without any. A
 * "first n" counts for each work by itself, so that it can be relied on however fast songs are
 * made.
 *
 * @param partialFirst the first so many reads of finished work show only one of its two songs
 * @param emptyFirst the first so many reads of work show no songs at all, finished or not
 * @param accepted whether work that has not ended is answered with 202 instead of 200
 */
public record PollSettings(int partialFirst, int emptyFirst, boolean accepted) {

  public PollSettings {
    if (partialFirst < 0 || emptyFirst < 0) {
      throw new IllegalArgumentException("partialFirst and emptyFirst must be 0 or more");
    }
  }

  /** The settings of a simulator nobody has changed. */
  public static PollSettings defaults() {
    return new PollSettings(0, 0, true);
  }

  /** These settings with another {@code partialFirst}. */
  public PollSettings withPartialFirst(int partialFirst) {
    return new PollSettings(partialFirst, emptyFirst, accepted);
  }

  /** These settings with another {@code emptyFirst}. */
  public PollSettings withEmptyFirst(int emptyFirst) {
    return new PollSettings(partialFirst, emptyFirst, accepted);
  }

  /** These settings with another {@code accepted}. */
  public PollSettings withAccepted(boolean accepted) {
    return new PollSettings(partialFirst, emptyFirst, accepted);
  }
}
