package io.riffhook.domain;

/** What came of giving a file of ours to a provider. */
public sealed interface Registration {

  /** The provider has it, under an id of its own that operations can name. */
  record Usable(String id) implements Registration {}

  /** The provider has it, and is still at work on it. */
  record NotYet(String id) implements Registration {}

  /** Not now; the same may work later. */
  record NotNow(Reason reason) implements Registration {}

  /** The provider will not take it. */
  record Never(Reason reason) implements Registration {}
}
