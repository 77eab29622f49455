package io.riffhook.domain;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * How far it is with telling one endpoint of one thing.
 *
 * @param attempts how many times it was tried
 * @param lastStatus the HTTP status of the last answer, where there was one
 * @param lastError why the last attempt failed, in words
 * @param lastAt when it was tried last, or could have been
 * @param nextAt when it is tried next, where it is
 */
public record Delivery(
    Notification notification,
    EndpointId endpoint,
    State state,
    int attempts,
    OptionalInt lastStatus,
    Optional<String> lastError,
    Optional<Instant> lastAt,
    Optional<Instant> nextAt) {
  /** Why one is not tried. */
  static final String DISABLED = "the endpoint is disabled";

  /** Where a delivery stands. */
  public enum State {
    /** It is tried, or tried again. */
    PENDING("pending"),
    /** The endpoint answered with a 2xx. */
    DELIVERED("delivered"),
    /** It was tried for the last time, or its endpoint is told nothing any more. */
    FAILED("failed");

    private final String value;

    State(String value) {
      this.value = value;
    }

    /** The name that callers see. */
    public String value() {
      return value;
    }

    /** The state of that name. */
    public static Optional<State> of(String value) {
      return Arrays.stream(values()).filter(state -> state.value.equals(value)).findFirst();
    }

    /** All names. */
    public static String words() {
      return Arrays.stream(values()).map(State::value).collect(Collectors.joining(", "));
    }
  }

  /** One that was not tried yet. */
  public static Delivery of(Notification notification, EndpointId endpoint) {
    return new Delivery(
        notification,
        endpoint,
        State.PENDING,
        0,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(notification.at()));
  }

  /** One that is not tried, for its endpoint is told nothing; it can be delivered later. */
  public static Delivery missed(Notification notification, EndpointId endpoint, Instant now) {
    return new Delivery(
        notification,
        endpoint,
        State.FAILED,
        0,
        OptionalInt.empty(),
        Optional.of(DISABLED),
        Optional.of(now),
        Optional.empty());
  }

  /** Its id among the deliveries to its endpoint. */
  public DeliveryId id() {
    return DeliveryId.of(notification);
  }

  /** The same as if it had never been tried. */
  public Delivery anew(Instant now) {
    return new Delivery(
        notification,
        endpoint,
        State.PENDING,
        0,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(now));
  }

  /** The same after an attempt. */
  public Delivery tried(
      State next,
      int attempt,
      OptionalInt status,
      Optional<String> error,
      Instant at,
      Optional<Instant> again) {
    return new Delivery(
        notification, endpoint, next, attempt, status, error, Optional.of(at), again);
  }
}
