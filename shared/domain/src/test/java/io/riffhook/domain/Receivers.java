package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Owners that are told, and those who receive it, on simulated time: the notification queue and
 * whoever takes its messages. A message whose function died comes again.
 */
final class Receivers implements Webhooks {
  static final Owner ALICE = Studio.ALICE;
  static final URI SHOP = URI.create("https://shop.example/hooks");
  static final URI OTHER = URI.create("https://other.example/hooks");
  static final EndpointId SHOP_ID = new EndpointId("ep_shop");
  static final EndpointId OTHER_ID = new EndpointId("ep_other");
  static final Answer OK = new Answer.Answered(200, Optional.empty());
  private static final Duration VISIBILITY = Duration.ofMinutes(3);

  final TestClock clock = new TestClock(Studio.START);
  final InMemoryJobStore jobs = new InMemoryJobStore();
  final InMemorySongStore songs = new InMemorySongStore();
  final InMemoryEndpointStore endpoints = new InMemoryEndpointStore();
  final InMemoryDeliveryStore deliveries = new InMemoryDeliveryStore();
  final InMemoryQueues queues = new InMemoryQueues();
  final Faults faults = new Faults();

  /** What came to the URLs, in the order in which it came. */
  final List<Call> calls = new ArrayList<>();

  /** What went to the bus. */
  final List<String> bus = new ArrayList<>();

  private final Map<URI, Behaviour> behaviours = new HashMap<>();
  private final PriorityQueue<Due> due;
  private final TellOwner tell;
  private final DeliverNotification deliver;
  private String diedAt = "nowhere";
  private int numbers;

  /**
   * @param order of messages that are due at one time, by the numbers of their sending
   */
  Receivers(Comparator<Integer> order) {
    due = new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number, order));
    JobStore jobStore = faults.around(JobStore.class, jobs);
    SongStore songStore = faults.around(SongStore.class, songs);
    EndpointStore endpointStore = faults.around(EndpointStore.class, endpoints);
    DeliveryStore deliveryStore = faults.around(DeliveryStore.class, deliveries);
    Queues sends = faults.around(Queues.class, queues);
    NotificationDocument document =
        (told, _, links) -> told.type().value() + " " + told.id() + (links ? " with links" : "");
    tell =
        new TellOwner(
            jobStore,
            songStore,
            endpointStore,
            deliveryStore,
            sends,
            document,
            clock,
            () -> new WebhookSecret("whsec_single", Optional.empty()));
    deliver =
        new DeliverNotification(
            jobStore,
            songStore,
            endpointStore,
            deliveryStore,
            sends,
            faults.around(Webhooks.class, this),
            document,
            new Delays(new Random(5)),
            clock);
  }

  Receivers() {
    this(Comparator.naturalOrder());
  }

  /** A message at its time. */
  private record Due(Instant at, int number, NotificationTask task) {}

  /** A call of a URL. */
  record Call(Instant at, URI url, String id, List<String> secrets, String body) {}

  /** What a receiver does with its nth call, the first being 1. */
  @FunctionalInterface
  interface Behaviour {
    Answer answer(int call);
  }

  /** An endpoint of Alice's that is told of these types. */
  Endpoint endpoint(EndpointId id, URI url, Set<EventType> types) {
    Endpoint endpoint =
        new Endpoint(
            id,
            ALICE,
            Optional.of(url),
            Optional.empty(),
            types,
            false,
            List.of(new WebhookSecret("whsec_" + id, Optional.empty())),
            clock.instant(),
            Optional.empty(),
            Optional.empty());
    endpoints.insert(endpoint);
    return endpoint;
  }

  void answers(URI url, Behaviour behaviour) {
    behaviours.put(url, behaviour);
  }

  void answers(URI url, int status) {
    answers(url, _ -> new Answer.Answered(status, Optional.empty()));
  }

  /** A job of Alice's that is ready, with these events, of none of which anybody was told. */
  Job job(JobRequest request, EventType... types) {
    Instant now = clock.instant();
    JobEvent[] events =
        IntStream.range(0, types.length)
            .mapToObj(i -> new JobEvent(i + 1, types[i], now, OptionalInt.empty()))
            .toArray(JobEvent[]::new);
    Job job =
        new JobDraft(JobCases.fresh(ALICE, now), Status.READY)
            .request(request)
            .events(events)
            .job();
    jobs.insert(job);
    send(new NotificationTask.Announce(job.id()));
    return job;
  }

  static JobRequest withWebhook(URI url, Set<EventType> types) {
    JobRequest plain = Studio.request();
    return new JobRequest(
        plain.operation(),
        plain.provider(),
        plain.model(),
        plain.formats(),
        plain.reference(),
        Optional.of(new Webhook(url, types)),
        plain.batch());
  }

  void send(NotificationTask task) {
    due.add(new Due(clock.instant(), numbers++, task));
  }

  /** Has all messages taken, and those that they lead to, until there is none. */
  void run() {
    runUntil(Instant.MAX);
  }

  /** The same, up to a time. */
  void runUntil(Instant end) {
    for (int i = 0; !due.isEmpty() && !due.element().at().isAfter(end); i++) {
      assertThat(i).as("messages").isLessThan(20_000);
      Due next = due.remove();
      if (next.at().isAfter(clock.instant())) {
        clock.set(next.at());
      }
      take(next.task());
    }
    if (end.isBefore(Instant.MAX)) {
      clock.set(end);
    }
  }

  private void take(NotificationTask task) {
    try {
      switch (task) {
        case NotificationTask.Announce each -> tell.announce(each.job());
        case NotificationTask.Progress each -> tell.progress(each.job());
        case NotificationTask.Tell each -> tell.tell(each.notification());
        case NotificationTask.Deliver each -> deliver.deliver(each);
      }
    } catch (Faults.CrashException | Faults.OutageException e) {
      diedAt = String.valueOf(e.getMessage());
      due.add(new Due(clock.instant().plus(VISIBILITY), numbers++, task));
    }
    for (InMemoryQueues.Message message : queues.take()) {
      switch (message) {
        case InMemoryQueues.NotificationDue sent ->
            due.add(new Due(clock.instant().plus(sent.delay()), numbers++, sent.task()));
        case InMemoryQueues.EventDue event -> bus.add(event.json());
        default -> throw new AssertionError("not of notifications: " + message);
      }
    }
  }

  /** The messages that are under way. */
  List<NotificationTask> waiting() {
    return due.stream().map(Due::task).toList();
  }

  String diedAt() {
    return diedAt;
  }

  /** The calls of a URL. */
  List<Call> calls(URI url) {
    return calls.stream().filter(call -> call.url().equals(url)).toList();
  }

  Endpoint endpoint(EndpointId id) {
    return endpoints.find(ALICE, id).orElseThrow();
  }

  Delivery delivery(EndpointId endpoint) {
    List<Delivery> found =
        deliveries.all().stream().filter(each -> each.endpoint().equals(endpoint)).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  /** The delivery of one notification. */
  Delivery delivery(EndpointId endpoint, String notification) {
    List<Delivery> found =
        deliveries.all().stream()
            .filter(each -> each.endpoint().equals(endpoint))
            .filter(each -> each.notification().id().equals(notification))
            .toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  @Override
  public Optional<String> refusal(URI url) {
    return "https".equals(url.getScheme()) ? Optional.empty() : Optional.of("must be an https URL");
  }

  @Override
  public Answer send(URI url, String id, List<String> secrets, byte[] body) {
    calls.add(
        new Call(clock.instant(), url, id, secrets, new String(body, StandardCharsets.UTF_8)));
    return behaviours.getOrDefault(url, _ -> OK).answer(calls(url).size());
  }
}
