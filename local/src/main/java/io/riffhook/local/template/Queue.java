package io.riffhook.local.template;

import java.time.Duration;
import java.util.Optional;

/** A queue, by its name in the template. */
public record Queue(
    String name, Duration visibilityTimeout, Duration retention, Optional<Redrive> redrive) {

  /** Where a message goes that was received too often. */
  public record Redrive(String deadLetterQueue, int maxReceiveCount) {}
}
