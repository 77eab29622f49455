package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link DeliveryStore} must do. */
public abstract class DeliveryStoreContract {
  /** A moment with all nine digits, which a store must keep. */
  private static final Instant T0 = Instant.parse("2026-11-21T02:25:14.123456789Z");

  private static final Instant NOW = T0.plusSeconds(3_600);
  private static final DeliveryStore.Filter ALL =
      new DeliveryStore.Filter(List.of(), Optional.empty());

  private final Owner owner = new Owner("owner-" + UUID.randomUUID());
  private final Owner other = new Owner("other-" + UUID.randomUUID());
  private final EndpointId endpoint = new EndpointId("ep_" + UUID.randomUUID());
  private final EndpointId ofJob = new EndpointId("job:" + UUID.randomUUID());

  /** The store under test. Other tests may have written into it. */
  protected abstract DeliveryStore store();

  private Notification notification(String id, Instant at) {
    return new Notification(
        id,
        EventType.JOB_READY,
        at,
        3_000,
        owner,
        new Notification.Subject.OfJob(new JobId("job-1"), OptionalInt.empty()));
  }

  private Delivery fresh(String id, Instant at) {
    return Delivery.of(notification(id, at), endpoint);
  }

  private static Delivery failed(Delivery delivery, int attempt) {
    return delivery.tried(
        Delivery.State.FAILED,
        attempt,
        OptionalInt.of(500),
        Optional.of("HTTP 500: “no”"),
        NOW.plusNanos(1),
        Optional.empty());
  }

  private static Delivery pending(Delivery delivery, int attempt) {
    return delivery.tried(
        Delivery.State.PENDING,
        attempt,
        OptionalInt.empty(),
        Optional.of("no answer"),
        NOW,
        Optional.of(NOW.plusSeconds(300).plusNanos(7)));
  }

  private static Delivery delivered(Delivery delivery, int attempt) {
    return delivery.tried(
        Delivery.State.DELIVERED,
        attempt,
        OptionalInt.of(204),
        Optional.empty(),
        NOW,
        Optional.empty());
  }

  @Test
  void shouldFindADeliveryAsItWasWritten() {
    List<Notification.Subject> subjects =
        List.of(
            new Notification.Subject.OfJob(new JobId("job-1"), OptionalInt.of(2)),
            new Notification.Subject.OfJob(new JobId("job-1"), OptionalInt.empty()),
            new Notification.Subject.OfEndpoint(
                endpoint,
                Optional.of(URI.create("https://shop.example/hooks?a=b")),
                Reasons.endpointFailing()),
            new Notification.Subject.OfEndpoint(
                EndpointId.DEFAULT, Optional.empty(), Reasons.endpointGone()),
            new Notification.Subject.Data("{\"a\":\"" + "店".repeat(6_000) + "\"}"));
    for (Notification.Subject subject : subjects) {
      Notification notification =
          new Notification(
              "evt_" + UUID.randomUUID(), EventType.SONG_STORED, T0, 1_042, owner, subject);
      for (EndpointId to : List.of(endpoint, ofJob, EndpointId.DEFAULT)) {
        Delivery delivery = Delivery.of(notification, to);
        assertThat(store().find(to, notification)).isEmpty();
        assertThat(store().insert(delivery)).isTrue();
        assertThat(store().find(to, notification)).contains(delivery);
        assertThat(store().find(owner, to, delivery.id())).contains(delivery);
      }
    }
  }

  @Test
  void shouldFindADeliveryByItsIdAsText() {
    Delivery delivery = fresh("evt_job-1_3", T0);
    store().insert(delivery);
    assertThat(DeliveryId.parse(delivery.id().toString()))
        .contains(delivery.id())
        .flatMap(id -> store().find(owner, endpoint, id))
        .contains(delivery);
  }

  @ParameterizedTest
  @EnumSource(Delivery.State.class)
  void shouldWriteADeliveryInAnyState(Delivery.State state) {
    Delivery fresh = fresh("evt_1", T0);
    Delivery delivery =
        switch (state) {
          case PENDING -> pending(fresh, 3);
          case DELIVERED -> delivered(fresh, 1);
          case FAILED -> failed(fresh, 10);
        };
    assertThat(store().insert(delivery)).isTrue();
    assertThat(store().find(endpoint, delivery.notification())).contains(delivery);
  }

  @Test
  void shouldNotWriteOverADelivery() {
    Delivery delivery = failed(fresh("evt_1", T0), 10);
    store().insert(delivery);
    assertThat(store().insert(fresh("evt_1", T0))).isFalse();
    assertThat(store().find(endpoint, delivery.notification())).contains(delivery);
  }

  @Test
  void shouldKeepThoseOfOneNotificationToSeveralApart() {
    Delivery one = fresh("evt_1", T0);
    Delivery two = Delivery.of(one.notification(), ofJob);
    store().insert(one);
    assertThat(store().insert(two)).isTrue();
    assertThat(store().tried(delivered(one, 1))).isTrue();
    assertThat(store().find(ofJob, one.notification())).contains(two);
  }

  @Test
  void shouldWriteAnAttemptThatIsLaterThanTheLast() {
    Delivery fresh = fresh("evt_1", T0);
    store().insert(fresh);
    for (Delivery after : List.of(pending(fresh, 1), pending(fresh, 4), failed(fresh, 5))) {
      assertThat(store().tried(after)).isTrue();
      assertThat(store().find(endpoint, fresh.notification())).contains(after);
    }
    assertThat(store().tried(delivered(fresh, 6))).isTrue();
    assertThat(store().find(endpoint, fresh.notification())).contains(delivered(fresh, 6));
  }

  @Test
  void shouldNotWriteAnAttemptThatIsNoLater() {
    Delivery fresh = fresh("evt_1", T0);
    store().insert(fresh);
    Delivery third = delivered(fresh, 3);
    store().tried(third);
    for (int attempt : new int[] {1, 2, 3}) {
      assertThat(store().tried(failed(fresh, attempt))).as("attempt %d", attempt).isFalse();
    }
    assertThat(store().find(endpoint, fresh.notification())).contains(third);
  }

  @Test
  void shouldNotWriteAnAttemptOfWhatIsNotThere() {
    Delivery fresh = fresh("evt_1", T0);
    assertThat(store().tried(pending(fresh, 1))).isFalse();
    assertThat(store().find(endpoint, fresh.notification())).isEmpty();
  }

  @Test
  void shouldWriteAnAttemptOnceHoweverManyMakeIt() throws Exception {
    Delivery fresh = fresh("evt_1", T0);
    store().insert(fresh);
    List<Boolean> written = Race.of(4, _ -> store().tried(pending(fresh, 1)));
    assertThat(written).containsOnlyOnce(true);
  }

  @Test
  void shouldBeginAnew() {
    Delivery fresh = fresh("evt_1", T0);
    for (Delivery before :
        List.of(fresh, pending(fresh, 2), delivered(fresh, 3), failed(fresh, 9))) {
      store().insert(fresh);
      store().tried(before);
      assertThat(store().reset(owner, endpoint, fresh.id(), NOW)).contains(fresh.anew(NOW));
      assertThat(store().find(endpoint, fresh.notification())).contains(fresh.anew(NOW));
    }
    assertThat(store().tried(pending(fresh, 1))).as("the first attempt of the new").isTrue();
  }

  @Test
  void shouldNotBeginWhatIsNotThere() {
    Delivery fresh = fresh("evt_1", T0);
    assertThat(store().reset(owner, endpoint, fresh.id(), NOW)).isEmpty();
    store().insert(fresh);
    assertThat(store().reset(other, endpoint, fresh.id(), NOW)).isEmpty();
    assertThat(store().reset(owner, ofJob, fresh.id(), NOW)).isEmpty();
    assertThat(store().find(endpoint, fresh.notification())).contains(fresh);
  }

  @Test
  void shouldNotShowOneOwnerWhatIsAnothers() {
    Delivery delivery = fresh("evt_1", T0);
    store().insert(delivery);
    assertThat(store().find(other, endpoint, delivery.id())).isEmpty();
    assertThat(list(other, ALL, DeliveryStore.Order.LATEST_FIRST, 10)).isEmpty();
  }

  private List<Delivery> list(
      Owner whose, DeliveryStore.Filter filter, DeliveryStore.Order order, int limit) {
    List<Delivery> all = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<Delivery> page =
          store().of(whose, endpoint, filter, order, new Page.Request(limit, cursor));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    return all;
  }

  /** Of every state, at times of which the texts have different lengths. */
  private List<Delivery> several() {
    List<Delivery> several = new ArrayList<>();
    List<Instant> times =
        List.of(
            Instant.parse("2026-11-21T02:25:14Z"),
            Instant.parse("2026-11-21T02:25:14.000000001Z"),
            Instant.parse("2026-11-21T02:25:14.1Z"),
            Instant.parse("2026-11-21T02:25:14.12Z"),
            Instant.parse("2026-11-21T02:25:15Z"),
            Instant.parse("2026-12-01T00:00:00Z"),
            Instant.parse("2027-01-01T00:00:00Z"));
    for (int i = 0; i < times.size(); i++) {
      Delivery fresh = fresh("evt_" + i, times.get(i));
      several.add(
          switch (i % 3) {
            case 0 -> fresh;
            case 1 -> delivered(fresh, 1);
            default -> failed(fresh, 10);
          });
    }
    return several;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void shouldListByTimeInPages(int limit) {
    List<Delivery> several = several();
    List.of(3, 0, 6, 1, 5, 2, 4).forEach(i -> store().insert(several.get(i)));
    store().insert(Delivery.of(notification("evt_9", T0), ofJob));
    assertThat(list(owner, ALL, DeliveryStore.Order.LATEST_FIRST, limit))
        .containsExactlyElementsOf(several.reversed());
    assertThat(list(owner, ALL, DeliveryStore.Order.OLDEST_FIRST, limit))
        .containsExactlyElementsOf(several);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100})
  void shouldListThoseOfAStateAndSinceATime(int limit) {
    List<Delivery> several = several();
    several.forEach(store()::insert);
    var missed =
        new DeliveryStore.Filter(
            List.of(Delivery.State.FAILED, Delivery.State.PENDING), Optional.empty());
    var since =
        new DeliveryStore.Filter(List.of(), Optional.of(several.get(2).notification().at()));
    var both =
        new DeliveryStore.Filter(
            List.of(Delivery.State.PENDING), Optional.of(several.get(3).notification().at()));
    var later =
        new DeliveryStore.Filter(
            List.of(), Optional.of(several.getLast().notification().at().plusNanos(1)));
    assertThat(list(owner, missed, DeliveryStore.Order.OLDEST_FIRST, limit))
        .containsExactlyElementsOf(
            several.stream().filter(each -> each.state() != Delivery.State.DELIVERED).toList());
    assertThat(list(owner, since, DeliveryStore.Order.LATEST_FIRST, limit))
        .containsExactlyElementsOf(several.subList(2, 7).reversed());
    assertThat(list(owner, both, DeliveryStore.Order.OLDEST_FIRST, limit))
        .containsExactly(several.get(3), several.get(6));
    assertThat(list(owner, later, DeliveryStore.Order.OLDEST_FIRST, limit)).isEmpty();
  }

  @Test
  void shouldGoOnFromAPageWhoseLastHasChanged() {
    List<Delivery> several = several();
    several.forEach(store()::insert);
    var pending = new DeliveryStore.Filter(List.of(Delivery.State.PENDING), Optional.empty());
    Page<Delivery> first =
        store()
            .of(
                owner,
                endpoint,
                pending,
                DeliveryStore.Order.OLDEST_FIRST,
                new Page.Request(1, Optional.empty()));
    store().tried(delivered(first.items().getFirst(), 1));
    Page<Delivery> second =
        store()
            .of(
                owner,
                endpoint,
                pending,
                DeliveryStore.Order.OLDEST_FIRST,
                new Page.Request(5, first.next()));
    assertThat(second.items()).containsExactly(several.get(3), several.get(6));
  }

  @Test
  void shouldRefuseACursorOfAnotherListing() {
    List<Delivery> several = several();
    several.forEach(store()::insert);
    several.forEach(each -> store().insert(Delivery.of(each.notification(), ofJob)));
    String cursor =
        store()
            .of(
                owner,
                endpoint,
                ALL,
                DeliveryStore.Order.LATEST_FIRST,
                new Page.Request(6, Optional.empty()))
            .next()
            .orElseThrow();
    var since =
        new DeliveryStore.Filter(List.of(), Optional.of(several.get(3).notification().at()));
    refuses(owner, ofJob, ALL, cursor);
    refuses(other, endpoint, ALL, cursor);
    refuses(owner, endpoint, since, cursor);
    for (String forged : List.of("", "x", "!", "REVMSVZFUlk", cursor.substring(1))) {
      refuses(owner, endpoint, ALL, forged);
    }
  }

  private void refuses(Owner whose, EndpointId to, DeliveryStore.Filter filter, String cursor) {
    assertThatThrownBy(
            () ->
                store()
                    .of(
                        whose,
                        to,
                        filter,
                        DeliveryStore.Order.LATEST_FIRST,
                        new Page.Request(2, Optional.of(cursor))))
        .as("cursor %s", cursor)
        .isInstanceOf(Page.BadCursorException.class)
        .hasMessage("cursor is not one that a page of this listing gave");
  }
}
