package io.riffhook.domain;

/** Something to do for a batch. */
public sealed interface BatchTask {
  /** A job of a batch has ended. */
  record Ended(BatchLine line) implements BatchTask {}
}
