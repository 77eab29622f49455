package io.riffhook.domain;

import java.util.regex.Pattern;

/**
 * The id of a batch.
 *
 * @param value 1 to 48 characters of {@code A-Z a-z 0-9 _ -}: a line's job has the batch's id and
 *     the line's number for its own
 */
public record BatchId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,48}");

  public BatchId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a batch's id");
    }
  }

  /** Whether a text can be a batch's id. */
  public static boolean isValid(String value) {
    return FORM.matcher(value).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
