package io.riffhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where it is written down what endpoints were told. Every method is one request to the store. */
public interface DeliveryStore {
  /** How long a delivery is remembered, from what it tells of, or from when it began anew. */
  Duration KEPT = Duration.ofDays(30);

  /**
   * Which deliveries of an endpoint are asked for.
   *
   * @param states only those in one of these; empty for all
   * @param since only of notifications of this time or later
   */
  record Filter(List<Delivery.State> states, Optional<Instant> since) {
    public Filter {
      states = List.copyOf(states);
    }
  }

  /** Which of them comes first. */
  enum Order {
    LATEST_FIRST,
    OLDEST_FIRST
  }

  /** Writes a new delivery. False where there is one of this notification to this endpoint. */
  boolean insert(Delivery delivery);

  /** The delivery of a notification to an endpoint. */
  default Optional<Delivery> find(EndpointId endpoint, Notification notification) {
    return find(notification.owner(), endpoint, DeliveryId.of(notification));
  }

  /** The delivery with an id among those to an owner's endpoint. */
  Optional<Delivery> find(Owner owner, EndpointId endpoint, DeliveryId id);

  /**
   * Writes how an attempt ended. False where as many attempts, or more, are written down; then
   * nothing changes.
   */
  boolean tried(Delivery after);

  /**
   * An endpoint's deliveries, by the times of their notifications. A page may hold fewer than were
   * asked for, or none, and still have a next.
   *
   * @throws Page.BadCursorException where the cursor is none that a page of this endpoint's
   *     deliveries of such times gave
   */
  Page<Delivery> of(
      Owner owner, EndpointId endpoint, Filter filter, Order order, Page.Request page);

  /**
   * Has a delivery begin anew, as if it had never been tried.
   *
   * @return the delivery as it is now, or empty where there is none
   */
  Optional<Delivery> reset(Owner owner, EndpointId endpoint, DeliveryId id, Instant now);
}
