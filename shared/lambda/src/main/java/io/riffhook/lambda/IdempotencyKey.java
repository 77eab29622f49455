package io.riffhook.lambda;

import io.riffhook.domain.FieldError;

/** The header by which a caller repeats a call without doing anything twice. */
public final class IdempotencyKey {
  /** Its name, in lower case. */
  public static final String HEADER = "idempotency-key";

  private static final int MAX = 255;

  private IdempotencyKey() {}

  /** Whether a text can be a key. */
  public static boolean isValid(String key) {
    return !key.isEmpty()
        && key.length() <= MAX
        && key.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
  }

  /** What is wrong with a key that is not valid. */
  public static FieldError error() {
    return new FieldError(
        "", "Idempotency-Key must be 1 to " + MAX + " printable ASCII characters");
  }
}
