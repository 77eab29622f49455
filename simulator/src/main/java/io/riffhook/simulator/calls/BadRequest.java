package io.riffhook.simulator.calls;

/** The caller sent what the API doesn't take: 400. */
public final class BadRequest extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BadRequest(String message) {
    super(message);
  }

  /** What is wrong, for the body's error text. */
  public String error() {
    return String.valueOf(getMessage());
  }
}
