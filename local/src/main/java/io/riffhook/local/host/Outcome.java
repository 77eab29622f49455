package io.riffhook.local.host;

/** How an invocation ended. */
sealed interface Outcome {

  /** The handler wrote this. */
  @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
  record Answered(byte[] payload) implements Outcome {}

  /** The handler, or its constructor, threw. */
  record Failed(Throwable cause) implements Outcome {}

  /** The function's timeout passed. */
  record TimedOut() implements Outcome {}
}
