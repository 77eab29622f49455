package io.riffhook.providers.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/** What a call to a provider's API came to. */
public sealed interface Reply {

  /**
   * The provider answered.
   *
   * @param body the body as JSON; a missing node where it is none
   * @param retryAfter how long the answer asks to wait
   */
  record Answer(int status, JsonNode body, Optional<Duration> retryAfter) implements Reply {}

  /** The request was never sent: nothing can have come of it. */
  record NotSent(String why) implements Reply {}

  /** The request was sent, and no whole answer came back. */
  record NoAnswer(String why) implements Reply {}
}
