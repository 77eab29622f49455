package io.riffhook.domain;

import java.util.regex.Pattern;

/** The id of an upload. */
public record UploadId(String value) {
  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  public UploadId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not an upload's id");
    }
  }

  /** Whether a text can be an upload's id. */
  public static boolean isValid(String value) {
    return VALID.matcher(value).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
