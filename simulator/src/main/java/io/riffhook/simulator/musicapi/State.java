package io.riffhook.simulator.musicapi;

import java.util.Locale;

/** How far a task is. */
enum State {
  PENDING,
  RUNNING,
  SUCCEEDED,
  FAILED;

  boolean ended() {
    return this == SUCCEEDED || this == FAILED;
  }

  /** As {@code state} of an item, documented for sonic and producer. */
  String ofItem() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As {@code status} of a whole answer of aimusicapi.ai. */
  String ofTask() {
    return this == SUCCEEDED ? "SUCCESS" : name();
  }
}
