package io.riffhook.providers.http;

/**
 * What came of an exchange.
 *
 * @param <T> what the answer was read as
 */
sealed interface Outcome<T> {

  /** It was answered, and the answer read. */
  record Answered<T>(T value) implements Outcome<T> {}

  /** Its host is not one to connect to; nothing was sent. */
  record Forbidden<T>(String why) implements Outcome<T> {}

  /** There was no connection, or not in time; not a byte of the request was sent. */
  record Unsent<T>(String why) implements Outcome<T> {}

  /** At least the first byte may have been sent, and no whole answer came back. */
  record Silent<T>(String why) implements Outcome<T> {}
}
