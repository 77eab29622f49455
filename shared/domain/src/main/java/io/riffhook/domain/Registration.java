package io.riffhook.domain;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** What came of giving a file of ours to a provider. */
public sealed interface Registration {

  /**
   * The provider has it, under an id of its own that operations can name.
   *
   * @param until when it cannot be named any more; empty for never
   */
  record Usable(String id, Optional<Instant> until) implements Registration {
    /** For ever. */
    public Usable(String id) {
      this(id, Optional.empty());
    }

    /** Whether it can be named at a time. */
    public boolean holds(Instant now) {
      return until.isEmpty() || until.get().isAfter(now);
    }
  }

  /** The provider fetches the file itself when an operation names it by this link of ours. */
  record Lent(URI link) implements Registration {}

  /** The provider has it, and is still at work on it. */
  record NotYet(String id) implements Registration {}

  /** Not now; the same may work later. */
  record NotNow(Reason reason) implements Registration {}

  /** The provider will not take it. */
  record Never(Reason reason) implements Registration {}
}
