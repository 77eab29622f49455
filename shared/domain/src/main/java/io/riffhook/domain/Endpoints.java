package io.riffhook.domain;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What owners do with their endpoints. Another owner's is to them as one that is not there. */
public final class Endpoints {
  /** The longest that an old secret can sign beside a new one. */
  public static final Duration LONGEST_KEEP = Duration.ofDays(7);

  /** Why a single job's webhook has no secret of its own. */
  public static final String SIGNED_BY_DEFAULT =
      "A single job's webhook is signed with the secret of the endpoint default.";

  /** How long a message waits for the write that follows it; most writes take milliseconds. */
  private static final Duration WRITING = Duration.ofSeconds(1);

  private static final int TEST_ID_BYTES = 12;
  private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);

  private final EndpointStore endpoints;
  private final DeliveryStore deliveries;
  private final Queues queues;
  private final Function<URI, Optional<String>> refusal;
  private final SecureRandom random;
  private final InstantSource clock;

  /**
   * @param refusal why a URL can't be told, in words that go after its field's name; empty where it
   *     can
   */
  public Endpoints(
      EndpointStore endpoints,
      DeliveryStore deliveries,
      Queues queues,
      Function<URI, Optional<String>> refusal,
      SecureRandom random,
      InstantSource clock) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.queues = queues;
    this.refusal = refusal;
    this.random = random;
    this.clock = clock;
  }

  /** An endpoint that an owner wants to have. */
  public record Draft(URI url, Optional<String> label, Set<EventType> types, boolean links) {
    public Draft {
      types = Set.copyOf(types);
    }
  }

  /** What came of something that was to be done with an endpoint. */
  public sealed interface Outcome {
    /** It was done; the endpoint as it is now. */
    record Done(Endpoint endpoint) implements Outcome {}

    /** There is no such endpoint of this owner. */
    record NotThere() implements Outcome {}

    /**
     * Its URL can't be told.
     *
     * @param why in words that go after the field's name
     */
    record BadUrl(String why) implements Outcome {}

    /**
     * That can't be done with this one, or not now.
     *
     * @param why a sentence
     */
    record Refused(String why) implements Outcome {}
  }

  /** What came of something to tell. */
  public sealed interface Telling {
    /** It is on its way. */
    record Sent(Delivery delivery) implements Telling {}

    /** There is no such endpoint of this owner, or no such delivery. */
    record NotThere() implements Telling {}

    /**
     * The endpoint is told nothing.
     *
     * @param why a sentence
     */
    record Refused(String why) implements Telling {}
  }

  /** Makes an endpoint; refused where the owner has as many as it can have. */
  public Outcome create(Owner owner, Draft draft) {
    Optional<String> bad = refusal.apply(draft.url());
    if (bad.isPresent()) {
      return new Outcome.BadUrl(bad.get());
    }
    if (count(owner) >= Endpoint.MAX) {
      return tooMany();
    }
    Endpoint endpoint =
        new Endpoint(
            EndpointId.generate(random),
            owner,
            Optional.of(draft.url()),
            draft.label(),
            draft.types(),
            draft.links(),
            List.of(WebhookSecret.generate(random)),
            clock.instant(),
            Optional.empty(),
            Optional.empty());
    if (!endpoints.insert(endpoint)) {
      throw new IllegalStateException("an endpoint with this id exists");
    }
    return isOneTooMany(endpoint) ? tooMany() : new Outcome.Done(endpoint);
  }

  /**
   * Whether others were made since the count, so that this one was too many; then it is deleted
   * again. If that fails, its owner has one more than the limit, and the caller has its secret.
   */
  private boolean isOneTooMany(Endpoint endpoint) {
    try {
      return count(endpoint.owner()) > Endpoint.MAX
          && endpoints.delete(endpoint.owner(), endpoint.id());
    } catch (RuntimeException e) {
      LOG.warn("endpoint {} is made, but the limit was not checked again", endpoint.id(), e);
      return false;
    }
  }

  private long count(Owner owner) {
    return endpoints.ofOwner(owner).stream()
        .filter(each -> !each.id().equals(EndpointId.DEFAULT))
        .count();
  }

  private static Outcome tooMany() {
    return new Outcome.Refused("You have " + Endpoint.MAX + " endpoints, which is the most.");
  }

  /** An owner's endpoints, oldest first, with the default one, without those of single jobs. */
  public List<Endpoint> list(Owner owner) {
    List<Endpoint> all = endpoints.ofOwner(owner);
    if (all.stream().anyMatch(each -> each.id().equals(EndpointId.DEFAULT))) {
      return all;
    }
    endpoints.insert(Endpoint.signer(owner, WebhookSecret.generate(random), clock.instant()));
    return endpoints.ofOwner(owner);
  }

  /** The endpoint. The default one is there for every owner: it is made when first asked for. */
  public Optional<Endpoint> find(Owner owner, EndpointId id) {
    Optional<Endpoint> found = endpoints.find(owner, id);
    if (found.isPresent() || !id.equals(EndpointId.DEFAULT)) {
      return found;
    }
    endpoints.insert(Endpoint.signer(owner, WebhookSecret.generate(random), clock.instant()));
    return endpoints.find(owner, id);
  }

  /** Changes an endpoint. One that was disabled is told again. */
  public Outcome edit(Owner owner, EndpointId id, EndpointChange.Edited edited) {
    if (find(owner, id).isEmpty()) {
      return new Outcome.NotThere();
    }
    Optional<String> bad =
        id.equals(EndpointId.DEFAULT)
            ? edited.url().map(_ -> "is nothing that the default endpoint has")
            : edited.url().flatMap(refusal);
    if (bad.isPresent()) {
      return new Outcome.BadUrl(bad.get());
    }
    return endpoints
        .apply(owner, id, edited)
        .<Outcome>map(Outcome.Done::new)
        .orElseGet(Outcome.NotThere::new);
  }

  /** Forgets an endpoint. What is on its way to it is told no more. */
  public Outcome delete(Owner owner, EndpointId id) {
    Optional<Endpoint> found = find(owner, id);
    if (found.isEmpty()) {
      return new Outcome.NotThere();
    }
    if (id.equals(EndpointId.DEFAULT)) {
      return new Outcome.Refused("Everybody has a default endpoint. Its secret can be rotated.");
    }
    if (id.job().isPresent()) {
      return new Outcome.Refused("It belongs to its job.");
    }
    return endpoints.delete(owner, id) ? new Outcome.Done(found.get()) : new Outcome.NotThere();
  }

  /**
   * Gives an endpoint a new secret.
   *
   * @param keep how long the one before signs, too; {@link #LONGEST_KEEP} at most
   * @throws IllegalArgumentException where it is to be kept for longer, or for less than nothing
   */
  public Outcome rotate(Owner owner, EndpointId id, Duration keep) {
    if (keep.isNegative() || keep.compareTo(LONGEST_KEEP) > 0) {
      throw new IllegalArgumentException("an old secret can be kept for seven days at most");
    }
    while (true) {
      Optional<Endpoint> found = find(owner, id);
      if (found.isEmpty()) {
        return new Outcome.NotThere();
      }
      if (found.get().secrets().isEmpty()) {
        return new Outcome.Refused(SIGNED_BY_DEFAULT);
      }
      Optional<Endpoint> rotated =
          endpoints.apply(
              owner,
              id,
              new EndpointChange.Rotated(
                  WebhookSecret.generate(random),
                  found.get().secrets().getFirst(),
                  clock.instant().plus(keep)));
      // Otherwise somebody else rotated it, or deleted it.
      if (rotated.isPresent()) {
        return new Outcome.Done(rotated.get());
      }
    }
  }

  /** Sends a notification that is about nothing, to this endpoint only, whatever it picked. */
  public Telling test(Owner owner, EndpointId id) {
    Optional<Endpoint> found = find(owner, id);
    if (found.isEmpty()) {
      return new Telling.NotThere();
    }
    Optional<String> deaf = deaf(found.get());
    if (deaf.isPresent()) {
      return new Telling.Refused(deaf.get());
    }
    byte[] bytes = new byte[TEST_ID_BYTES];
    random.nextBytes(bytes);
    Instant now = clock.instant();
    Delivery delivery =
        Delivery.of(
            new Notification(
                "evt_test_" + HexFormat.of().formatHex(bytes),
                EventType.ENDPOINT_TEST,
                now,
                0,
                owner,
                new Notification.Subject.Data("{\"endpointId\":\"" + id + "\"}")),
            id);
    send(delivery, now);
    deliveries.insert(delivery);
    return new Telling.Sent(delivery);
  }

  /** Delivers one thing again, whether or not it arrived. */
  public Telling redeliver(Owner owner, EndpointId id, DeliveryId delivery) {
    Optional<Endpoint> found = find(owner, id);
    Optional<Delivery> known = deliveries.find(owner, id, delivery);
    if (found.isEmpty() || known.isEmpty()) {
      return new Telling.NotThere();
    }
    Optional<String> deaf = deaf(found.get());
    return deaf.isPresent()
        ? new Telling.Refused(deaf.get())
        : again(known.get()).<Telling>map(Telling.Sent::new).orElseGet(Telling.NotThere::new);
  }

  /** What came of delivering what was missed. */
  public sealed interface Missed {
    /**
     * So many are on their way.
     *
     * @param next where to go on, where that was not all
     */
    record Sent(int count, Optional<String> next) implements Missed {}

    /** There is no such endpoint of this owner. */
    record NotThere() implements Missed {}

    /**
     * The endpoint is told nothing.
     *
     * @param why a sentence
     */
    record Refused(String why) implements Missed {}
  }

  /**
   * Delivers again what an endpoint missed, oldest first: {@link Page#MAX} at most, and then says
   * where to go on.
   *
   * @throws Page.BadCursorException where the cursor is none that a call with this filter gave
   */
  public Missed redeliver(
      Owner owner, EndpointId id, DeliveryStore.Filter filter, Optional<String> cursor) {
    Optional<Endpoint> found = find(owner, id);
    if (found.isEmpty()) {
      return new Missed.NotThere();
    }
    Optional<String> deaf = deaf(found.get());
    if (deaf.isPresent()) {
      return new Missed.Refused(deaf.get());
    }
    Page<Delivery> page =
        deliveries.of(
            owner,
            id,
            filter,
            DeliveryStore.Order.OLDEST_FIRST,
            new Page.Request(Page.MAX, cursor));
    int count = 0;
    for (Delivery missed : page.items()) {
      if (again(missed).isPresent()) {
        count++;
      }
    }
    return new Missed.Sent(count, page.next());
  }

  /**
   * A page of what an endpoint was told, latest first.
   *
   * @throws Page.BadCursorException where the cursor is none of this listing
   */
  public Page<Delivery> deliveries(
      Owner owner, EndpointId id, DeliveryStore.Filter filter, Page.Request page) {
    return deliveries.of(owner, id, filter, DeliveryStore.Order.LATEST_FIRST, page);
  }

  private Optional<Delivery> again(Delivery delivery) {
    Instant now = clock.instant();
    send(delivery, now);
    return deliveries.reset(
        delivery.notification().owner(), delivery.endpoint(), delivery.id(), now);
  }

  /**
   * Sends the message of a delivery. This comes before the write that makes the delivery pending,
   * because nothing repairs a message that is missing. {@link DeliverNotification} waits for the
   * write, and does nothing if it does not come.
   */
  private void send(Delivery delivery, Instant now) {
    Instant due = now.plus(WRITING);
    queues.notification(
        new NotificationTask.Deliver(delivery.notification(), delivery.endpoint(), 1, due),
        WRITING);
  }

  private static Optional<String> deaf(Endpoint endpoint) {
    if (endpoint.url().isEmpty()) {
      return Optional.of("The default endpoint has no URL: it signs what single jobs' URLs get.");
    }
    return endpoint
        .disabled()
        .map(
            disabled ->
                "It is disabled ("
                    + disabled.reason().code()
                    + "); change it, if only by {}, to have it told again.");
  }
}
