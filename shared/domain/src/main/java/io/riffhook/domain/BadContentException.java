package io.riffhook.domain;

/** Bytes that are not what they should be: cut short, or of another kind. */
public final class BadContentException extends Exception {
  private static final long serialVersionUID = 1L;

  public BadContentException(String message) {
    super(message);
  }

  public BadContentException(String message, Throwable cause) {
    super(message, cause);
  }
}
