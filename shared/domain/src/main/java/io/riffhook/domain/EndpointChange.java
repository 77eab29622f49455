package io.riffhook.domain;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One change of an endpoint, as data, which a store applies in one conditional write. */
public sealed interface EndpointChange {
  /**
   * Its owner changes what is there of these, and leaves the rest; so two who change different
   * things at a time both do. One that was disabled is told again.
   *
   * @param url only for one that has an URL
   */
  record Edited(
      Optional<URI> url,
      Optional<Label> label,
      Optional<Set<EventType>> types,
      Optional<Boolean> links)
      implements EndpointChange {
    public Edited {
      types = types.map(Set::copyOf);
    }
  }

  /**
   * A label to set.
   *
   * @param text empty to take away the one there is
   */
  record Label(Optional<String> text) {}

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

  /** The endpoint after a change, or empty where the guard does not hold. */
  static Optional<Endpoint> apply(Endpoint endpoint, EndpointChange change) {
    return switch (change) {
      case Edited edited -> Optional.of(edit(endpoint, edited));
      case Rotated rotated -> rotate(endpoint, rotated);
      case Failing failing ->
          endpoint.failingSince().isPresent()
              ? Optional.empty()
              : Optional.of(
                  with(
                      endpoint,
                      endpoint.secrets(),
                      endpoint.disabled(),
                      Optional.of(failing.at())));
      case Working _ ->
          endpoint.failingSince().isEmpty()
              ? Optional.empty()
              : Optional.of(
                  with(endpoint, endpoint.secrets(), endpoint.disabled(), Optional.empty()));
      case Disabling disabling ->
          endpoint.disabled().isPresent()
              ? Optional.empty()
              : Optional.of(
                  with(
                      endpoint,
                      endpoint.secrets(),
                      Optional.of(disabling.disabled()),
                      endpoint.failingSince()));
    };
  }

  private static Endpoint edit(Endpoint endpoint, Edited edited) {
    return new Endpoint(
        endpoint.id(),
        endpoint.owner(),
        edited.url().or(endpoint::url),
        edited.label().map(Label::text).orElse(endpoint.label()),
        edited.types().orElse(endpoint.types()),
        edited.links().orElse(endpoint.links()),
        endpoint.secrets(),
        endpoint.createdAt(),
        Optional.empty(),
        Optional.empty());
  }

  private static Optional<Endpoint> rotate(Endpoint endpoint, Rotated rotated) {
    boolean known =
        !endpoint.secrets().isEmpty()
            && endpoint.secrets().getFirst().value().equals(rotated.known().value());
    return known
        ? Optional.of(
            with(
                endpoint,
                List.of(rotated.newest(), rotated.known().until(rotated.knownUntil())),
                endpoint.disabled(),
                endpoint.failingSince()))
        : Optional.empty();
  }

  private static Endpoint with(
      Endpoint endpoint,
      List<WebhookSecret> secrets,
      Optional<Endpoint.Disabled> disabled,
      Optional<Instant> failingSince) {
    return new Endpoint(
        endpoint.id(),
        endpoint.owner(),
        endpoint.url(),
        endpoint.label(),
        endpoint.types(),
        endpoint.links(),
        secrets,
        endpoint.createdAt(),
        disabled,
        failingSince);
  }
}
