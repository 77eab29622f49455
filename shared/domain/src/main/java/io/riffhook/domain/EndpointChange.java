package io.riffhook.domain;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** One change of an endpoint, as data, which a store applies in one conditional write. */
public sealed interface EndpointChange {
  /**
   * Its owner changes it. One that was disabled is told again.
   *
   * @param url only for one that has an URL
   */
  record Edited(Optional<URI> url, Optional<String> label, Set<EventType> types, boolean links)
      implements EndpointChange {
    public Edited {
      types = Set.copyOf(types);
    }
  }

  /**
   * A new secret signs, and the newest of the others until a time; older ones are gone. Guard: the
   * newest is the one that the caller knew.
   */
  record Rotated(WebhookSecret newest, WebhookSecret known, Instant knownUntil)
      implements EndpointChange {}

  /** A delivery failed. Guard: it was not failing. */
  record Failing(Instant at) implements EndpointChange {}

  /** A delivery arrived. Guard: it was failing. */
  record Working() implements EndpointChange {}

  /** It is told nothing more. Guard: it is told still. */
  record Disabling(Endpoint.Disabled disabled) implements EndpointChange {}
}
