package io.riffhook.simulator.useapi;

/** The caller sent what the API doesn't take: 400. */
final class BadRequest extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadRequest(String message) {
    super(message);
  }

  /** What is wrong, for the body's {@code error}. */
  String error() {
    return String.valueOf(getMessage());
  }
}
