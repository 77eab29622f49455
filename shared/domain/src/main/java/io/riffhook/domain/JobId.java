package io.riffhook.domain;

import java.util.regex.Pattern;

/**
 * The id of a job: a UUIDv7 of ours, or one that the caller chose to make a submission idempotent.
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 _ -}
 */
public record JobId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  public JobId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("job id must be 1 to 64 characters of A-Z a-z 0-9 _ -");
    }
  }

  /** Whether a text can be a job id. */
  public static boolean isValid(String value) {
    return FORM.matcher(value).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
