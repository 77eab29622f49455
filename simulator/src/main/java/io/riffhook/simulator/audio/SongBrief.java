package io.riffhook.simulator.audio;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a song is to be made of. Equal briefs give equal bytes, in every format.
 *
 * @param prompt what the song is about and how it sounds
 * @param title the title, or empty to have one made from the prompt
 * @param lyrics the words to sing, or empty to have some made from the prompt
 * @param instrumental whether nobody sings
 * @param variation which of the songs of one prompt this is, from 0
 * @param seconds about how long, at least 4; the song ends on a whole bar
 */
public record SongBrief(
    String prompt,
    String title,
    String lyrics,
    boolean instrumental,
    int variation,
    double seconds) {

  /** The shortest song: less has no room for a bar and its echo. */
  private static final double SHORTEST = 4;

  public SongBrief {
    if (seconds < SHORTEST) {
      throw new IllegalArgumentException("seconds must be at least 4, is " + seconds);
    }
  }

  /** A brief of which everything but the prompt is left to the composer. */
  public static SongBrief of(String prompt, int variation, double seconds) {
    return new SongBrief(prompt, "", "", false, variation, seconds);
  }

  /** The seed of everything random about the song. */
  long seed() {
    String text = String.join("\n", prompt, title, lyrics, "" + instrumental, "" + variation);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }
}
