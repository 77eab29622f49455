package io.riffhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where it is written down what endpoints were told. Every method is one request to the store. */
public interface DeliveryStore {
  /** How long a delivery is remembered. */
  Duration KEPT = Duration.ofDays(30);

  /** Writes a new delivery. False where there is one of this notification to this endpoint. */
  boolean insert(Delivery delivery);

  /** The delivery of a notification to an endpoint. */
  Optional<Delivery> find(EndpointId endpoint, Notification notification);

  /**
   * Writes how an attempt ended. False where as many attempts, or more, are written down; then
   * nothing changes.
   */
  boolean tried(Delivery after);

  /**
   * An endpoint's deliveries, the latest notification first.
   *
   * @param states only those in one of these; empty for all
   * @param since only of notifications of this time or later
   */
  Page<Delivery> of(
      Owner owner,
      EndpointId endpoint,
      List<Delivery.State> states,
      Optional<Instant> since,
      Page.Request page);

  /**
   * Has a delivery begin anew, as if it had never been tried.
   *
   * @return whether it was there
   */
  boolean reset(Delivery delivery);
}
