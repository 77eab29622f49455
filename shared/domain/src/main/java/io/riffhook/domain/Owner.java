package io.riffhook.domain;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The identity behind an API key; owns jobs and songs, and sees nobody else's.
 *
 * @param name 1 to 64 characters of {@code A-Z a-z 0-9 . _ -}, the first a letter or digit: it is
 *     the first part of every S3 key of the owner, and so not one of the folders {@code inbox} and
 *     {@code outbox}
 */
public record Owner(String name) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** What a name must be, in words that follow "must be". */
  public static final String RULE =
      "1 to 64 characters of A-Z a-z 0-9 . _ -, the first a letter or digit, and neither inbox nor"
          + " outbox";

  private static final Set<String> FOLDERS = Set.of(Drop.INBOX, Drop.OUTBOX);

  /** Whoever calls without a key on one machine. */
  public static final Owner LOCAL = new Owner("local");

  public Owner {
    if (!isValid(name)) {
      throw new IllegalArgumentException("owner must be " + RULE);
    }
  }

  /** Whether a text can be an owner's name. */
  public static boolean isValid(String name) {
    return FORM.matcher(name).matches() && !FOLDERS.contains(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
