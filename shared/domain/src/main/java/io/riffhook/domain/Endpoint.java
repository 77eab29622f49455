package io.riffhook.domain;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where an owner is told of things.
 *
 * @param url where to; the {@link EndpointId#DEFAULT default endpoint} has none
 * @param label its owner's own name for it
 * @param types what it is told of
 * @param links whether it gets short-lived links to the assets, too
 * @param secrets what is signed with, newest first; none for a single job's webhook, for which the
 *     default endpoint's serve
 * @param disabled since when and why it is told nothing
 * @param failingSince when the first of its deliveries failed after the last that did not
 */
public record Endpoint(
    EndpointId id,
    Owner owner,
    Optional<URI> url,
    Optional<String> label,
    Set<EventType> types,
    boolean links,
    List<WebhookSecret> secrets,
    Instant createdAt,
    Optional<Disabled> disabled,
    Optional<Instant> failingSince) {
  /** How many endpoints an owner can have. */
  public static final int MAX = 20;

  public Endpoint {
    EnumSet<EventType> ordered = EnumSet.noneOf(EventType.class);
    ordered.addAll(types);
    types = Collections.unmodifiableSet(ordered);
    secrets = List.copyOf(secrets);
  }

  /** Since when and why an endpoint is told nothing. */
  public record Disabled(Instant at, Reason reason) {}

  /** The default endpoint, which holds the secret for single jobs' webhooks. */
  public static Endpoint signer(Owner owner, WebhookSecret secret, Instant now) {
    return new Endpoint(
        EndpointId.DEFAULT,
        owner,
        Optional.empty(),
        Optional.empty(),
        EventType.DEFAULT,
        false,
        List.of(secret),
        now,
        Optional.empty(),
        Optional.empty());
  }

  /** The place of a single job's webhook. */
  public static Endpoint of(Job job, Webhook webhook) {
    return new Endpoint(
        EndpointId.ofJob(job.id()),
        job.owner(),
        Optional.of(webhook.url()),
        Optional.empty(),
        webhook.types(),
        false,
        List.of(),
        job.createdAt(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether it is told of such things. */
  public boolean wants(EventType type) {
    return url.isPresent() && disabled.isEmpty() && types.contains(type);
  }

  /** Whether it would be told of such things, were it not disabled. */
  public boolean misses(EventType type) {
    return url.isPresent() && disabled.isPresent() && types.contains(type);
  }

  /** The secrets that sign at a time, newest first. */
  public List<String> signing(Instant now) {
    return secrets.stream()
        .filter(secret -> secret.until().map(now::isBefore).orElse(true))
        .map(WebhookSecret::value)
        .toList();
  }
}
