package io.riffhook.domain;

import java.util.regex.Pattern;

/**
 * The identity behind an API key; owns jobs and songs, and sees nobody else's.
 *
 * @param name 1 to 64 characters of {@code A-Z a-z 0-9 . _ -}, the first a letter or digit: it is
 *     the first part of every S3 key of the owner
 */
public record Owner(String name) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Whoever calls without a key on one machine. */
  public static final Owner LOCAL = new Owner("local");

  public Owner {
    if (!isValid(name)) {
      throw new IllegalArgumentException(
          "owner must be 1 to 64 characters of A-Z a-z 0-9 . _ -, the first a letter or digit");
    }
  }

  /** Whether a text can be an owner's name. */
  public static boolean isValid(String name) {
    return FORM.matcher(name).matches();
  }

  @Override
  public String toString() {
    return name;
  }
}
