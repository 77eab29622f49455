package io.riffhook.domain;

/**
 * Shortens texts that come from outside. Never between the two halves of a character: half of one
 * cannot be written as UTF-8, and a job that holds it could not be shown any more.
 */
public final class Cut {
  private Cut() {}

  /** The text, or as much of its beginning as has at most this many chars. */
  public static String to(int max, String text) {
    if (text.length() <= max) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(max - 1));
    return text.substring(0, splits ? max - 1 : max);
  }
}
