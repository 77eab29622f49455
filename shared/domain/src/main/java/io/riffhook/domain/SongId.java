package io.riffhook.domain;

import java.util.Optional;

/**
 * The id of a song: its job's id, a dash and a number, so that a song is found without an index.
 *
 * @param job the job that made the song
 * @param number 1 for the first song of the job that was seen, and so on
 */
public record SongId(JobId job, int number) {
  public SongId {
    if (number < 1) {
      throw new IllegalArgumentException("song number must be 1 or more");
    }
  }

  /** The song id in a text, or empty where the text is none. */
  public static Optional<SongId> parse(String text) {
    int dash = text.lastIndexOf('-');
    if (dash < 1 || !JobId.isValid(text.substring(0, dash))) {
      return Optional.empty();
    }
    String number = text.substring(dash + 1);
    if (number.isEmpty()
        || number.length() > 4
        // One writing only: a song must not have several names.
        || number.charAt(0) == '0'
        || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    JobId job = new JobId(text.substring(0, dash));
    return Optional.of(new SongId(job, Integer.parseInt(number)));
  }

  @Override
  public String toString() {
    return job + "-" + number;
  }
}
