package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointsTest {
  private static final Instant T0 = Instant.parse("2026-11-21T02:25:14.123456789Z");
  private static final URI URL = URI.create("https://shop.example/hooks");
  private static final URI BAD = URI.create("http://shop.example/hooks");
  private static final Owner ALICE = new Owner("alice");
  private static final Owner BOB = new Owner("bob");
  private static final EndpointId NOBODYS = new EndpointId("ep_none");
  private static final DeliveryStore.Filter ALL =
      new DeliveryStore.Filter(List.of(), Optional.empty());
  private static final DeliveryStore.Filter MISSED =
      new DeliveryStore.Filter(
          List.of(Delivery.State.PENDING, Delivery.State.FAILED), Optional.of(T0));
  private static final EndpointChange.Edited NOTHING =
      new EndpointChange.Edited(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private final InMemoryEndpointStore store = new InMemoryEndpointStore();
  private final InMemoryDeliveryStore deliveries = new InMemoryDeliveryStore();
  private final InMemoryQueues queues = new InMemoryQueues();
  private final TestClock clock = new TestClock(T0.plusSeconds(60));
  private final Faults faults = new Faults();
  private final Endpoints endpoints = endpoints(store, deliveries, queues);
  private final Endpoints frail =
      endpoints(
          store,
          faults.around(DeliveryStore.class, deliveries),
          faults.around(Queues.class, queues));

  private Endpoints endpoints(EndpointStore endpoints, DeliveryStore deliveries, Queues queues) {
    return new Endpoints(
        endpoints,
        deliveries,
        queues,
        url -> url.equals(BAD) ? Optional.of("must be an https URL") : Optional.empty(),
        new SecureRandom(),
        clock);
  }

  private static Endpoints.Draft draft(URI url) {
    return new Endpoints.Draft(url, Optional.of("shop"), Set.of(EventType.JOB_READY), true);
  }

  private static Endpoint done(Endpoints.Outcome outcome) {
    assertThat(outcome).isInstanceOf(Endpoints.Outcome.Done.class);
    return ((Endpoints.Outcome.Done) outcome).endpoint();
  }

  private Endpoint made() {
    return done(endpoints.create(ALICE, draft(URL)));
  }

  private Endpoint disabled() {
    Endpoint endpoint = made();
    return store
        .apply(
            ALICE,
            endpoint.id(),
            new EndpointChange.Disabling(new Endpoint.Disabled(T0, Reasons.endpointGone())))
        .orElseThrow();
  }

  private EndpointId ofJob() {
    EndpointId id = EndpointId.ofJob(new JobId("job-1"));
    store.insert(
        new Endpoint(
            id,
            ALICE,
            Optional.of(URL),
            Optional.empty(),
            EventType.DEFAULT,
            false,
            List.of(),
            T0,
            Optional.empty(),
            Optional.empty()));
    return id;
  }

  // ---- Making and changing ----

  @Test
  void shouldMakeAnEndpointWithASecret() {
    Endpoint endpoint = made();
    assertThat(endpoint.id().value()).matches("ep_[0-9a-z]{16}");
    assertThat(endpoint.owner()).isEqualTo(ALICE);
    assertThat(endpoint.url()).contains(URL);
    assertThat(endpoint.label()).contains("shop");
    assertThat(endpoint.types()).containsExactly(EventType.JOB_READY);
    assertThat(endpoint.links()).isTrue();
    assertThat(endpoint.createdAt()).isEqualTo(clock.instant());
    assertThat(endpoint.signing(clock.instant()))
        .singleElement()
        .asString()
        .matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(endpoints.find(ALICE, endpoint.id())).contains(endpoint);
    assertThat(endpoints.find(BOB, endpoint.id())).isEmpty();
  }

  @Test
  void shouldNotMakeOneThatCannotBeTold() {
    assertThat(endpoints.create(ALICE, draft(BAD)))
        .isEqualTo(new Endpoints.Outcome.BadUrl("must be an https URL"));
    assertThat(store.ofOwner(ALICE)).isEmpty();
  }

  @Test
  void shouldMakeAsManyAsAnOwnerCanHaveBesideTheDefaultOne() {
    assertThat(endpoints.list(ALICE)).hasSize(1);
    for (int i = 0; i < Endpoint.MAX; i++) {
      made();
    }
    assertThat(endpoints.create(ALICE, draft(URL)))
        .isEqualTo(new Endpoints.Outcome.Refused("You have 20 endpoints, which is the most."));
    assertThat(endpoints.list(ALICE)).hasSize(Endpoint.MAX + 1);
    assertThat(endpoints.create(BOB, draft(URL))).isInstanceOf(Endpoints.Outcome.Done.class);
  }

  @Test
  void shouldNotLetManyAtOnceMakeMore() throws Exception {
    IntStream.range(1, Endpoint.MAX).forEach(_ -> made());
    List<Endpoints.Outcome> outcomes = Race.of(4, _ -> endpoints.create(ALICE, draft(URL)));
    assertThat(outcomes)
        .filteredOn(Endpoints.Outcome.Done.class::isInstance)
        .hasSize(store.ofOwner(ALICE).size() - (Endpoint.MAX - 1))
        .hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void shouldHaveADefaultEndpointWhenFirstAskedFor() {
    Endpoint first = endpoints.find(ALICE, EndpointId.DEFAULT).orElseThrow();
    assertThat(first.url()).isEmpty();
    assertThat(first.secrets()).hasSize(1);
    assertThat(endpoints.find(ALICE, EndpointId.DEFAULT)).contains(first);
    assertThat(endpoints.list(ALICE)).containsExactly(first);
    assertThat(endpoints.find(BOB, EndpointId.DEFAULT).orElseThrow().secrets())
        .isNotEqualTo(first.secrets());
  }

  @Test
  void shouldChangeWhatIsSaidAndEnableAgain() {
    Endpoint endpoint = disabled();
    URI other = URI.create("https://other.example/");
    Endpoint edited =
        done(
            endpoints.edit(
                ALICE,
                endpoint.id(),
                new EndpointChange.Edited(
                    Optional.of(other), Optional.empty(), Optional.empty(), Optional.empty())));
    assertThat(edited.url()).contains(other);
    assertThat(edited.label()).isEqualTo(endpoint.label());
    assertThat(edited.types()).isEqualTo(endpoint.types());
    assertThat(edited.secrets()).isEqualTo(endpoint.secrets());
    assertThat(edited.disabled()).isEmpty();
    assertThat(done(endpoints.edit(ALICE, disabled().id(), NOTHING)).disabled()).isEmpty();
  }

  @Test
  void shouldNotChangeToWhatCannotBeTold() {
    Endpoint endpoint = made();
    EndpointChange.Edited bad =
        new EndpointChange.Edited(
            Optional.of(BAD), Optional.empty(), Optional.empty(), Optional.empty());
    EndpointChange.Edited good =
        new EndpointChange.Edited(
            Optional.of(URL), Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(endpoints.edit(ALICE, endpoint.id(), bad))
        .isEqualTo(new Endpoints.Outcome.BadUrl("must be an https URL"));
    assertThat(endpoints.edit(ALICE, EndpointId.DEFAULT, good))
        .isEqualTo(new Endpoints.Outcome.BadUrl("is nothing that the default endpoint has"));
    assertThat(endpoints.edit(ALICE, EndpointId.DEFAULT, NOTHING))
        .isInstanceOf(Endpoints.Outcome.Done.class);
    assertThat(endpoints.find(ALICE, endpoint.id())).contains(endpoint);
  }

  @Test
  void shouldForgetOnlyWhatItsOwnerMade() {
    Endpoint endpoint = made();
    assertThat(endpoints.delete(ALICE, endpoint.id()))
        .isEqualTo(new Endpoints.Outcome.Done(endpoint));
    assertThat(endpoints.find(ALICE, endpoint.id())).isEmpty();
    assertThat(endpoints.delete(ALICE, EndpointId.DEFAULT))
        .isEqualTo(
            new Endpoints.Outcome.Refused(
                "Everybody has a default endpoint. Its secret can be rotated."));
    assertThat(endpoints.delete(ALICE, ofJob()))
        .isEqualTo(new Endpoints.Outcome.Refused("It belongs to its job."));
  }

  @Test
  void shouldTreatAnothersAsOneThatIsNotThere() {
    Endpoint endpoint = made();
    EndpointId ofJob = ofJob();
    Delivery delivery = failed(endpoint.id(), "evt_1", T0);
    for (EndpointId id : List.of(endpoint.id(), ofJob, NOBODYS)) {
      assertThat(endpoints.find(BOB, id)).isEmpty();
      assertThat(endpoints.edit(BOB, id, NOTHING)).isEqualTo(new Endpoints.Outcome.NotThere());
      assertThat(endpoints.delete(BOB, id)).isEqualTo(new Endpoints.Outcome.NotThere());
      assertThat(endpoints.rotate(BOB, id, Duration.ZERO))
          .isEqualTo(new Endpoints.Outcome.NotThere());
      assertThat(endpoints.test(BOB, id)).isEqualTo(new Endpoints.Telling.NotThere());
      assertThat(endpoints.redeliver(BOB, id, delivery.id()))
          .isEqualTo(new Endpoints.Telling.NotThere());
      assertThat(endpoints.redeliver(BOB, id, MISSED, Optional.empty()))
          .isEqualTo(new Endpoints.Missed.NotThere());
      assertThat(page(BOB, id).items()).isEmpty();
    }
    assertThat(endpoints.find(ALICE, endpoint.id())).contains(endpoint);
    assertThat(queues.messages()).isEmpty();
    assertThat(deliveries.all()).containsExactly(delivery);
  }

  // ---- Secrets ----

  @Test
  void shouldSignByBothSecretsUntilTheOldOneEnds() {
    Endpoint endpoint = made();
    String old = endpoint.secrets().getFirst().value();
    Endpoint rotated = done(endpoints.rotate(ALICE, endpoint.id(), Duration.ofHours(24)));
    String fresh = rotated.secrets().getFirst().value();
    assertThat(fresh).isNotEqualTo(old);
    assertThat(rotated.signing(clock.instant().plus(Duration.ofHours(24)).minusNanos(1)))
        .containsExactly(fresh, old);
    assertThat(rotated.signing(clock.instant().plus(Duration.ofHours(24)))).containsExactly(fresh);
  }

  @Test
  void shouldSignByTheNewOneOnlyWhereTheOldIsNotKept() {
    Endpoint rotated = done(endpoints.rotate(ALICE, EndpointId.DEFAULT, Duration.ZERO));
    assertThat(rotated.signing(clock.instant()))
        .containsExactly(rotated.secrets().getFirst().value());
  }

  @Test
  void shouldKeepNoMoreThanOneOldSecret() {
    EndpointId id = made().id();
    Endpoint second = done(endpoints.rotate(ALICE, id, Duration.ofDays(7)));
    Endpoint third = done(endpoints.rotate(ALICE, id, Duration.ofDays(7)));
    assertThat(third.signing(clock.instant()))
        .containsExactly(third.secrets().getFirst().value(), second.secrets().getFirst().value());
  }

  @Test
  void shouldRotateForEachOfManyAtOnce() throws Exception {
    EndpointId id = made().id();
    List<Endpoints.Outcome> outcomes = Race.of(4, _ -> endpoints.rotate(ALICE, id, Duration.ZERO));
    assertThat(outcomes)
        .extracting(outcome -> done(outcome).secrets().getFirst().value())
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldNotRotateTheSecretThatAJobsWebhookHasNot() {
    assertThat(endpoints.rotate(ALICE, ofJob(), Duration.ZERO))
        .isEqualTo(
            new Endpoints.Outcome.Refused(
                "A single job's webhook is signed with the secret of the endpoint default."));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 7 * 86_400 + 1})
  void shouldRefuseToKeepASecretForEver(long seconds) {
    EndpointId id = made().id();
    assertThatThrownBy(() -> endpoints.rotate(ALICE, id, Duration.ofSeconds(seconds)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an old secret can be kept for seven days at most");
  }

  // ---- Telling ----

  @Test
  void shouldSendATestWhateverIsPicked() {
    Endpoint endpoint = made();
    Endpoints.Telling telling = endpoints.test(ALICE, endpoint.id());
    assertThat(deliveries.all())
        .singleElement()
        .satisfies(
            delivery -> {
              assertThat(telling).isEqualTo(new Endpoints.Telling.Sent(delivery));
              assertThat(delivery.endpoint()).isEqualTo(endpoint.id());
              Notification told = delivery.notification();
              assertThat(told.id()).matches("evt_test_[0-9a-f]{24}");
              assertThat(told.type()).isEqualTo(EventType.ENDPOINT_TEST);
              assertThat(told.at()).isEqualTo(clock.instant());
              assertThat(told.owner()).isEqualTo(ALICE);
              assertThat(told.subject())
                  .isEqualTo(
                      new Notification.Subject.Data("{\"endpointId\":\"" + endpoint.id() + "\"}"));
              assertSent(delivery);
            });
  }

  /** Asked for by the owner: the message leaves time for the write that follows it. */
  private void assertSent(Delivery... expected) {
    assertSent(clock.instant().plusSeconds(1), expected);
  }

  private void assertSent(Instant due, Delivery... expected) {
    assertThat(queues.messages(InMemoryQueues.NotificationDue.class))
        .extracting(InMemoryQueues.NotificationDue::task)
        .containsExactlyElementsOf(
            List.of(expected).stream()
                .<NotificationTask>map(
                    each ->
                        new NotificationTask.Deliver(each.notification(), each.endpoint(), 1, due))
                .toList());
  }

  @Test
  void shouldTellNothingToOneThatIsToldNothing() {
    Endpoint endpoint = disabled();
    String disabled =
        "It is disabled (endpoint-gone); change it, if only by {}, to have it told again.";
    String noUrl = "The default endpoint has no URL: it signs what single jobs' URLs get.";
    Delivery delivery = failed(endpoint.id(), "evt_1", T0);
    Delivery ofDefault = failed(EndpointId.DEFAULT, "evt_2", T0);
    assertThat(endpoints.test(ALICE, endpoint.id()))
        .isEqualTo(new Endpoints.Telling.Refused(disabled));
    assertThat(endpoints.redeliver(ALICE, endpoint.id(), delivery.id()))
        .isEqualTo(new Endpoints.Telling.Refused(disabled));
    assertThat(endpoints.redeliver(ALICE, endpoint.id(), MISSED, Optional.empty()))
        .isEqualTo(new Endpoints.Missed.Refused(disabled));
    assertThat(endpoints.test(ALICE, EndpointId.DEFAULT))
        .isEqualTo(new Endpoints.Telling.Refused(noUrl));
    assertThat(endpoints.redeliver(ALICE, EndpointId.DEFAULT, ofDefault.id()))
        .isEqualTo(new Endpoints.Telling.Refused(noUrl));
    assertThat(endpoints.redeliver(ALICE, EndpointId.DEFAULT, MISSED, Optional.empty()))
        .isEqualTo(new Endpoints.Missed.Refused(noUrl));
    assertThat(queues.messages()).isEmpty();
    assertThat(deliveries.all()).containsExactlyInAnyOrder(delivery, ofDefault);
  }

  // ---- Delivering again ----

  private Delivery fresh(EndpointId endpoint, String id, Instant at) {
    Delivery delivery =
        Delivery.of(
            new Notification(
                id,
                EventType.JOB_READY,
                at,
                1_000,
                ALICE,
                new Notification.Subject.OfJob(new JobId("job-1"), OptionalInt.empty())),
            endpoint);
    deliveries.insert(delivery);
    return delivery;
  }

  private Delivery settled(EndpointId endpoint, String id, Instant at, Delivery.State state) {
    Delivery settled =
        fresh(endpoint, id, at)
            .tried(state, 10, OptionalInt.of(500), Optional.of("HTTP 500"), at, Optional.empty());
    deliveries.tried(settled);
    return settled;
  }

  private Delivery failed(EndpointId endpoint, String id, Instant at) {
    return settled(endpoint, id, at, Delivery.State.FAILED);
  }

  private Page<Delivery> page(Owner owner, EndpointId id) {
    return endpoints.deliveries(owner, id, ALL, new Page.Request(100, Optional.empty()));
  }

  @Test
  void shouldDeliverOneAgainAsIfItHadNeverBeenTried() {
    EndpointId id = made().id();
    Delivery delivered = settled(id, "evt_1", T0, Delivery.State.DELIVERED);
    Delivery anew = delivered.anew(clock.instant());
    assertThat(endpoints.redeliver(ALICE, id, delivered.id()))
        .isEqualTo(new Endpoints.Telling.Sent(anew));
    assertThat(page(ALICE, id).items()).containsExactly(anew);
    assertSent(anew);
  }

  @Test
  void shouldNotDeliverWhatWasNever() {
    EndpointId id = made().id();
    assertThat(endpoints.redeliver(ALICE, id, new DeliveryId(T0, "evt_1")))
        .isEqualTo(new Endpoints.Telling.NotThere());
    assertThat(queues.messages()).isEmpty();
  }

  @Test
  void shouldDeliverWhatWasMissedSinceATimeOldestFirst() {
    EndpointId id = made().id();
    failed(id, "evt_before", T0.minusNanos(1));
    Delivery last = failed(id, "evt_3", T0.plusSeconds(3));
    settled(id, "evt_2", T0.plusSeconds(2), Delivery.State.DELIVERED);
    Delivery stuck = fresh(id, "evt_1", T0.plusSeconds(1));
    Delivery first = failed(id, "evt_0", T0);
    assertThat(endpoints.redeliver(ALICE, id, MISSED, Optional.empty()))
        .isEqualTo(new Endpoints.Missed.Sent(3, Optional.empty()));
    assertSent(first, stuck, last);
    assertThat(deliveries.find(ALICE, id, last.id())).contains(last.anew(clock.instant()));
  }

  @Test
  void shouldBoundOneCallAndSayWhereToGoOn() {
    EndpointId id = made().id();
    List<Delivery> missed = new ArrayList<>();
    for (int i = 0; i < Page.MAX + 3; i++) {
      missed.add(failed(id, "evt_" + i, T0.plusMillis(i)));
    }
    Endpoints.Missed.Sent first =
        (Endpoints.Missed.Sent) endpoints.redeliver(ALICE, id, MISSED, Optional.empty());
    assertThat(first.count()).isEqualTo(Page.MAX);
    assertThat(first.next()).isPresent();
    assertThat(endpoints.redeliver(ALICE, id, MISSED, first.next()))
        .isEqualTo(new Endpoints.Missed.Sent(3, Optional.empty()));
    assertSent(missed.toArray(Delivery[]::new));
  }

  @Test
  void shouldRefuseACursorOfAnotherEndpoint() {
    EndpointId id = made().id();
    assertThatThrownBy(() -> endpoints.redeliver(ALICE, id, MISSED, Optional.of("nonsense")))
        .isInstanceOf(Page.BadCursorException.class)
        .hasMessage("cursor is not one that a page of this listing gave");
  }

  @Test
  void shouldKeepWhatADisabledEndpointMissesAndDeliverItOnceItIsEnabled() {
    Endpoint disabled = disabled();
    Endpoint other = done(endpoints.create(ALICE, draft(URL)));
    Notification ready = notification("evt_1", EventType.JOB_READY);
    TellOwner tell =
        new TellOwner(
            new InMemoryJobStore(),
            new InMemorySongStore(),
            store,
            deliveries,
            queues,
            (_, _, _) -> "{}",
            clock,
            () -> WebhookSecret.generate(new SecureRandom()));
    tell.tell(ready);
    tell.tell(notification("evt_2", EventType.JOB_FAILED));

    Delivery missed = Delivery.missed(ready, disabled.id(), clock.instant());
    assertThat(missed.state()).isEqualTo(Delivery.State.FAILED);
    assertThat(missed.lastError()).contains("the endpoint is disabled");
    assertThat(page(ALICE, disabled.id()).items()).containsExactly(missed);
    assertSent(clock.instant(), Delivery.of(ready, other.id()));

    queues.take();
    endpoints.edit(ALICE, disabled.id(), NOTHING);
    assertThat(endpoints.redeliver(ALICE, disabled.id(), MISSED, Optional.empty()))
        .isEqualTo(new Endpoints.Missed.Sent(1, Optional.empty()));
    assertSent(missed);
  }

  private static Notification notification(String id, EventType type) {
    return new Notification(id, type, T0, 0, ALICE, new Notification.Subject.Data("{}"));
  }

  // ---- Faults ----

  /** Each step of a redelivery, and of a test, fails once. */
  @Test
  void shouldSendTheMessageBeforeTheWriteThatItNeeds() {
    EndpointId id = made().id();
    for (Faults.Kind kind : Faults.Kind.values()) {
      int tried = 0;
      for (int step = 1; ; step++, tried++) {
        Delivery failed = failed(id, "evt_" + kind + step, T0);
        faults.failAt(faults.steps() + step, kind);
        queues.take();
        boolean succeeded = succeeds(() -> frail.redeliver(ALICE, id, failed.id()));
        boolean reset = !find(failed).equals(failed);
        assertThat(reset && messagesOf(failed) == 0)
            .as("%s at step %d: pending without a message", kind, step)
            .isFalse();
        if (succeeded) {
          assertThat(find(failed)).isEqualTo(failed.anew(clock.instant()));
          break;
        }
        assertThat(endpoints.redeliver(ALICE, id, failed.id()))
            .as("asked again")
            .isEqualTo(new Endpoints.Telling.Sent(failed.anew(clock.instant())));
      }
      assertThat(tried).as("steps that were tried").isGreaterThanOrEqualTo(6);
    }
  }

  @Test
  void shouldWriteNothingIfAMessageCannotBeSent() {
    EndpointId id = made().id();
    Delivery failed = failed(id, "evt_1", T0);
    faults.failWhen("before Queues.notification"::equals);

    assertThat(succeeds(() -> frail.redeliver(ALICE, id, failed.id()))).isFalse();
    assertThat(succeeds(() -> frail.redeliver(ALICE, id, MISSED, Optional.empty()))).isFalse();
    assertThat(succeeds(() -> frail.test(ALICE, id))).isFalse();

    assertThat(deliveries.all()).containsExactly(failed);
  }

  /** The endpoint is made, and the caller must get its secret. */
  @Test
  void shouldMakeAnEndpointAlthoughTheLimitCannotBeCheckedAgain() {
    Endpoints unsure = endpoints(faults.around(EndpointStore.class, store), deliveries, queues);
    faults.failWhen(
        step -> faults.calls().contains("EndpointStore.insert") && step.endsWith(".ofOwner"));

    Endpoint endpoint = done(unsure.create(ALICE, draft(URL)));

    assertThat(store.find(ALICE, endpoint.id())).contains(endpoint);
  }

  private static boolean succeeds(Runnable call) {
    try {
      call.run();
      return true;
    } catch (Faults.CrashException | Faults.OutageException _) {
      return false;
    }
  }

  private Delivery find(Delivery delivery) {
    return deliveries.find(ALICE, delivery.endpoint(), delivery.id()).orElseThrow();
  }

  private long messagesOf(Delivery delivery) {
    return queues.messages(InMemoryQueues.NotificationDue.class).stream()
        .map(InMemoryQueues.NotificationDue::task)
        .filter(NotificationTask.Deliver.class::isInstance)
        .map(NotificationTask.Deliver.class::cast)
        .filter(each -> each.notification().equals(delivery.notification()))
        .count();
  }
}
