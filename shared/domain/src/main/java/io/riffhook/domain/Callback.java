package io.riffhook.domain;

import java.util.Optional;

/** What an inbound callback claims. */
public sealed interface Callback {

  /**
   * The provider is at work.
   *
   * @param percent how far it is, 0 to 100; 0 where the callback does not say
   * @param providerJob the provider job that it is about, where it says
   */
  record Progress(int percent, Optional<String> providerJob) implements Callback {
    /** Of a provider job that the callback does not name. */
    public Progress(int percent) {
      this(percent, Optional.empty());
    }
  }

  /** A provider job ended, well or badly: reading it will tell. */
  record Finished(Optional<String> providerJob) implements Callback {}

  /** The body is not one of the provider's. */
  record Unreadable(String why) implements Callback {}

  /** It should bear the provider's signature, and does not. */
  record Forged(String why) implements Callback {}
}
