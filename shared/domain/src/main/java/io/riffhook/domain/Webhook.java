package io.riffhook.domain;

import java.net.URI;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Where a job's caller wants to be told of this one job.
 *
 * @param types what of
 */
public record Webhook(URI url, Set<EventType> types) {
  public Webhook {
    EnumSet<EventType> ordered = EnumSet.noneOf(EventType.class);
    ordered.addAll(types);
    types = Collections.unmodifiableSet(ordered);
  }
}
