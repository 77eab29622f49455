package io.riffhook.domain;

import java.util.regex.Pattern;

/**
 * The name of a key, for lists and logs: the first 16 digits of the key's SHA-256. So whoever finds
 * a key somewhere can tell which one it is, and nobody can tell the key from its name.
 *
 * @param value 16 hexadecimal digits in lower case
 */
public record ApiKeyId(String value) {
  static final int LENGTH = 16;
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{" + LENGTH + "}");

  public ApiKeyId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("a key's id is 16 hexadecimal digits in lower case");
    }
  }

  /** Whether a text can be a key's id. */
  public static boolean isValid(String value) {
    return FORM.matcher(value).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
