package io.riffhook.domain;

import static io.riffhook.domain.Receivers.ALICE;
import static io.riffhook.domain.Receivers.OK;
import static io.riffhook.domain.Receivers.OTHER;
import static io.riffhook.domain.Receivers.OTHER_ID;
import static io.riffhook.domain.Receivers.SHOP;
import static io.riffhook.domain.Receivers.SHOP_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.Webhooks.Answer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an endpoint is told, tried again and given up, over days that nobody waits for. */
class DeliverNotificationTest {
  private static final Duration RETRY = Duration.ofMinutes(20);

  private final Receivers world = new Receivers();

  private static Notification event(Job job) {
    return Notification.of(job, job.events().getFirst());
  }

  private Job shopIsTold() {
    world.endpoint(SHOP_ID, SHOP, EventType.DEFAULT);
    return world.job(Studio.request(), EventType.JOB_READY);
  }

  private List<Duration> gaps() {
    List<Receivers.Call> calls = world.calls(SHOP);
    return IntStream.range(1, calls.size())
        .mapToObj(i -> Duration.between(calls.get(i - 1).at(), calls.get(i).at()))
        .toList();
  }

  @Test
  void shouldTryTenTimesOverThreeDays() {
    world.answers(SHOP, 500);
    shopIsTold();

    world.run();

    List<Duration> schedule =
        List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));
    List<Duration> gaps = gaps();
    assertThat(gaps).hasSameSizeAs(schedule);
    for (int i = 0; i < gaps.size(); i++) {
      // A tenth of jitter.
      assertThat(gaps.get(i))
          .isBetween(schedule.get(i), schedule.get(i).multipliedBy(11).dividedBy(10));
    }
    assertThat(Duration.between(Studio.START, world.calls(SHOP).getLast().at()))
        .isBetween(Duration.ofDays(3), Duration.ofHours(84));
    assertThat(world.calls(SHOP))
        .extracting(Receivers.Call::id)
        .containsOnly(world.calls.getFirst().id());
    Delivery delivery = world.delivery(SHOP_ID);
    assertThat(delivery.state()).isEqualTo(Delivery.State.FAILED);
    assertThat(delivery.attempts()).isEqualTo(10);
    assertThat(delivery.lastStatus()).hasValue(500);
    assertThat(delivery.lastError()).contains("HTTP 500");
    assertThat(delivery.nextAt()).isEmpty();
    assertThat(world.endpoint(SHOP_ID).disabled()).as("not for one notification").isEmpty();
  }

  @Test
  void shouldGiveTheTenthToAReceiverThatFailsNineTimes() {
    world.answers(SHOP, call -> call < 10 ? new Answer.Unanswered("reset") : OK);
    shopIsTold();

    world.run();

    assertThat(world.calls(SHOP)).hasSize(10);
    Delivery delivery = world.delivery(SHOP_ID);
    assertThat(delivery.state()).isEqualTo(Delivery.State.DELIVERED);
    assertThat(delivery.attempts()).isEqualTo(10);
    assertThat(delivery.lastStatus()).hasValue(200);
    assertThat(delivery.lastError()).isEmpty();
    assertThat(world.endpoint(SHOP_ID).failingSince()).isEmpty();
  }

  @Test
  void shouldWriteDownWhatTheLastAttemptCameTo() {
    world.answers(SHOP, _ -> new Answer.Unanswered("x".repeat(300)));
    shopIsTold();

    world.runUntil(Studio.START);

    Delivery delivery = world.delivery(SHOP_ID);
    assertThat(delivery.state()).isEqualTo(Delivery.State.PENDING);
    assertThat(delivery.attempts()).isEqualTo(1);
    assertThat(delivery.lastStatus()).isEmpty();
    assertThat(delivery.lastError()).contains("x".repeat(200));
    assertThat(delivery.lastAt()).contains(Studio.START);
    assertThat(delivery.nextAt().orElseThrow())
        .isBetween(Studio.START.plusSeconds(5), Studio.START.plusSeconds(6));
    assertThat(world.endpoint(SHOP_ID).failingSince()).contains(Studio.START);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 299})
  void shouldTakeAny2xxForSuccess(int status) {
    world.answers(SHOP, status);
    shopIsTold();

    world.run();

    assertThat(world.calls(SHOP)).hasSize(1);
    assertThat(world.delivery(SHOP_ID).state()).isEqualTo(Delivery.State.DELIVERED);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 400, 401, 404, 429, 500, 503})
  void shouldTryAgainAfterAnythingElse(int status) {
    world.answers(SHOP, call -> call == 1 ? new Answer.Answered(status, Optional.empty()) : OK);
    shopIsTold();

    world.run();

    assertThat(world.calls(SHOP)).hasSize(2);
    assertThat(world.delivery(SHOP_ID).state()).isEqualTo(Delivery.State.DELIVERED);
  }

  /** The others do not wait for it: each message is taken by itself. */
  @Test
  void shouldSpendOneTimeOutOnAReceiverThatHangs() {
    world.answers(
        SHOP,
        call -> {
          if (call > 1) {
            return OK;
          }
          world.clock.advance(Webhooks.PATIENCE);
          return new Answer.Unanswered("no answer in 15 s");
        });
    shopIsTold();

    world.run();

    assertThat(gaps()).hasSize(1);
    assertThat(gaps().getFirst()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(21));
    assertThat(world.delivery(SHOP_ID).state()).isEqualTo(Delivery.State.DELIVERED);
  }

  @ParameterizedTest
  @CsvSource({"429, PT20M, PT20M", "503, PT20M, PT20M", "429, PT1S, PT5S", "429, PT23H, PT23H"})
  void shouldWaitAsLongAsItIsAskedTo(int status, Duration asked, Duration least) {
    world.answers(SHOP, call -> call == 1 ? new Answer.Answered(status, Optional.of(asked)) : OK);
    shopIsTold();

    world.run();

    assertThat(gaps()).hasSize(1);
    assertThat(gaps().getFirst()).isBetween(least, least.plusSeconds(1));
  }

  @Test
  void shouldNotWaitLongerThanADayWhateverIsAsked() {
    world.answers(
        SHOP, call -> call == 1 ? new Answer.Answered(429, Optional.of(Duration.ofDays(9))) : OK);
    shopIsTold();

    world.run();

    assertThat(gaps().getFirst()).isBetween(Duration.ofHours(24), Duration.ofHours(25));
  }

  @Test
  void shouldTellAnEndpointThatIsGoneNothingMore() {
    world.answers(SHOP, 410);
    world.endpoint(SHOP_ID, SHOP, EventType.DEFAULT);
    world.endpoint(OTHER_ID, OTHER, Set.of(EventType.ENDPOINT_DISABLED));
    Job job = world.job(Studio.request(), EventType.JOB_READY);
    world.run();
    Job later = world.job(Studio.request(), EventType.JOB_READY);

    world.run();

    assertThat(world.calls(SHOP)).hasSize(1);
    Delivery told = world.delivery(SHOP_ID, "evt_" + job.id() + "_1");
    assertThat(told.state()).isEqualTo(Delivery.State.FAILED);
    assertThat(told.lastStatus()).hasValue(410);
    Delivery missed = world.delivery(SHOP_ID, "evt_" + later.id() + "_1");
    assertThat(missed.state()).as("to be had later").isEqualTo(Delivery.State.FAILED);
    assertThat(missed.attempts()).isZero();
    assertThat(world.endpoint(SHOP_ID).disabled())
        .contains(new Endpoint.Disabled(Studio.START, Reasons.endpointGone()));
    String disabled = "endpoint.disabled evt_ep_shop_after_evt_" + job.id() + "_1";
    assertThat(world.calls(OTHER)).extracting(Receivers.Call::body).containsExactly(disabled);
    assertThat(world.bus).contains(disabled);
  }

  @Test
  void shouldDisableAnEndpointThatFailsForFiveDaysAndTellItsOwner() {
    world.answers(SHOP, 500);
    world.endpoint(SHOP_ID, SHOP, EventType.DEFAULT);
    world.endpoint(OTHER_ID, OTHER, Set.of(EventType.ENDPOINT_DISABLED));
    for (int day = 0; day < 10; day++) {
      world.job(Studio.request(), EventType.JOB_READY);
      world.runUntil(Studio.START.plus(Duration.ofDays(day + 1)));
    }
    world.run();

    Endpoint.Disabled disabled = world.endpoint(SHOP_ID).disabled().orElseThrow();
    assertThat(disabled.reason()).isEqualTo(Reasons.endpointFailing());
    assertThat(disabled.at())
        .isBetween(Studio.START.plus(Duration.ofDays(5)), Studio.START.plus(Duration.ofDays(6)));
    assertThat(world.calls(SHOP).getLast().at()).isEqualTo(disabled.at());
    assertThat(world.calls(OTHER))
        .singleElement()
        .satisfies(call -> assertThat(call.body()).startsWith("endpoint.disabled evt_ep_shop_"));
    assertThat(world.deliveries.all())
        .filteredOn(each -> each.endpoint().equals(SHOP_ID))
        .allMatch(each -> each.state() == Delivery.State.FAILED)
        .anyMatch(each -> each.lastError().equals(Optional.of("the endpoint is disabled")));
  }

  @Test
  void shouldNotDisableAnEndpointThatWorksNowAndThen() {
    world.answers(SHOP, call -> call % 3 == 0 ? OK : new Answer.Unanswered("reset"));
    world.endpoint(SHOP_ID, SHOP, EventType.DEFAULT);
    for (int day = 0; day < 14; day++) {
      world.job(Studio.request(), EventType.JOB_READY);
      world.runUntil(Studio.START.plus(Duration.ofDays(day + 1)));
    }
    world.run();

    assertThat(world.endpoint(SHOP_ID).disabled()).isEmpty();
    assertThat(world.deliveries.all())
        .hasSize(14)
        .allMatch(each -> each.state() == Delivery.State.DELIVERED);
  }

  /** A second event goes ahead of one that failed, which comes again under its own number. */
  @Test
  void shouldNotHoldUpAJobsEventsWhereTheReceiverDoesNotTakeOne() {
    world.answers(SHOP, call -> call == 1 ? new Answer.Answered(500, Optional.empty()) : OK);
    world.endpoint(SHOP_ID, SHOP, EventType.DEFAULT);
    Job job = world.job(Studio.request(), EventType.JOB_SUBMITTED, EventType.JOB_READY);

    world.run();

    String id = "evt_" + job.id();
    assertThat(world.calls(SHOP))
        .extracting(Receivers.Call::id)
        .containsExactly(id + "_1", id + "_2", id + "_1");
  }

  /** Its message may be a dead letter. */
  @Test
  void shouldWaitOnlySoLongForTheEventBefore() {
    world.endpoint(SHOP_ID, SHOP, EventType.DEFAULT);
    Job job = world.job(Studio.request(), EventType.JOB_SUBMITTED, EventType.JOB_READY);
    world.runUntil(Studio.START);
    world.calls.clear();
    job.events()
        .forEach(
            event ->
                world.deliveries.reset(
                    ALICE, SHOP_ID, DeliveryId.of(Notification.of(job, event)), Studio.START));

    world.send(
        new NotificationTask.Deliver(
            Notification.of(job, job.events().getLast()), SHOP_ID, 1, Studio.START));
    world.run();

    assertThat(world.calls(SHOP))
        .singleElement()
        .satisfies(
            call ->
                assertThat(Duration.between(Studio.START, call.at()))
                    .isBetween(Duration.ofMinutes(5), Duration.ofSeconds(390)));
  }

  @Test
  void shouldNotTellAnEndpointThatWasDeleted() {
    world.answers(SHOP, 500);
    shopIsTold();
    world.runUntil(Studio.START);
    world.endpoints.delete(ALICE, SHOP_ID);

    world.run();

    assertThat(world.calls(SHOP)).hasSize(1);
  }

  @Test
  void shouldDoNothingForAMessageThatComesAgain() {
    Job job = shopIsTold();
    world.run();

    world.send(new NotificationTask.Deliver(event(job), SHOP_ID, 1, Studio.START));
    world.send(new NotificationTask.Deliver(event(job), OTHER_ID, 1, Studio.START));
    world.run();

    assertThat(world.calls).hasSize(1);
  }

  /** SQS may bring the message of an attempt that failed once more. */
  @Test
  void shouldMakeOneAttemptHoweverOftenItsMessageComes() {
    world.answers(SHOP, 500);
    Job job = shopIsTold();
    world.runUntil(Studio.START);
    assertThat(world.calls(SHOP)).hasSize(1);

    for (int i = 0; i < 3; i++) {
      world.send(new NotificationTask.Deliver(event(job), SHOP_ID, 1, Studio.START));
    }
    world.runUntil(Studio.START);

    assertThat(world.calls(SHOP)).as("one call").hasSize(1);
    assertThat(world.waiting())
        .as("one next message")
        .singleElement()
        .satisfies(next -> assertThat(((NotificationTask.Deliver) next).attempt()).isEqualTo(2));

    NotificationTask.Deliver second = (NotificationTask.Deliver) world.waiting().getFirst();
    world.send(second);
    world.run();
    assertThat(world.calls(SHOP)).as("one chain of attempts").hasSize(10);
    assertThat(world.delivery(SHOP_ID).attempts()).isEqualTo(10);
  }

  // ---- A message that comes before the write of its delivery ----

  @Test
  void shouldWaitForTheDeliveryToBeWritten() {
    Job job = shopIsTold();
    world.run();
    Instant asked = world.clock.instant().plusSeconds(1);
    world.calls.clear();
    world.send(new NotificationTask.Deliver(event(job), SHOP_ID, 1, asked));
    world.runUntil(asked.plusSeconds(2));
    assertThat(world.calls(SHOP)).as("it is delivered still").isEmpty();

    world.deliveries.reset(ALICE, SHOP_ID, DeliveryId.of(event(job)), world.clock.instant());
    world.run();

    assertThat(world.calls(SHOP)).hasSize(1);
    assertThat(world.delivery(SHOP_ID).state()).isEqualTo(Delivery.State.DELIVERED);
  }

  @Test
  void shouldNotWaitLongForADeliveryThatIsNeverWritten() {
    Job job = shopIsTold();
    world.run();
    world.calls.clear();
    Instant asked = world.clock.instant().plusSeconds(1);
    world.endpoint(OTHER_ID, OTHER, EventType.DEFAULT);

    world.send(new NotificationTask.Deliver(event(job), SHOP_ID, 1, asked));
    world.send(new NotificationTask.Deliver(event(job), OTHER_ID, 1, asked));
    world.run();

    assertThat(world.calls).isEmpty();
    assertThat(world.clock.instant()).isBetween(asked.plusSeconds(60), asked.plusSeconds(180));
  }

  // ---- An endpoint's health ----

  /** The delivery is written last: once it is, no message comes back for the endpoint. */
  @Test
  void shouldWriteAnEndpointsHealthWhateverDies() {
    Answer.Answered no = new Answer.Answered(500, Optional.empty());
    for (int step = 1; ; step++) {
      Receivers failing = crashing(step, _ -> no);
      failing.runUntil(Studio.START.plus(Duration.ofMinutes(4)));
      assertThat(failing.endpoint(SHOP_ID).failingSince())
          .as("it fails; died %s", failing.diedAt())
          .isPresent();

      Receivers healed = crashing(step, call -> call == 1 ? no : OK);
      healed.run();
      assertThat(healed.delivery(SHOP_ID).state()).isEqualTo(Delivery.State.DELIVERED);
      assertThat(healed.endpoint(SHOP_ID).failingSince())
          .as("it works again; died %s", healed.diedAt())
          .isEmpty();

      Receivers gone = crashing(step, _ -> new Answer.Answered(410, Optional.empty()));
      gone.run();
      assertThat(gone.endpoint(SHOP_ID).disabled())
          .as("it is gone; died %s", gone.diedAt())
          .isPresent();
      assertThat(gone.bus)
          .as("its owner hears of it; died %s", gone.diedAt())
          .anyMatch(body -> body.startsWith("endpoint.disabled"));
      if (step > failing.faults.steps()
          && step > healed.faults.steps()
          && step > gone.faults.steps()) {
        assertThat(step).isGreaterThan(30);
        return;
      }
    }
  }

  private static Receivers crashing(int step, Receivers.Behaviour behaviour) {
    Receivers world = new Receivers();
    world.answers(SHOP, behaviour);
    world.endpoint(SHOP_ID, SHOP, EventType.DEFAULT);
    world.job(Studio.request(), EventType.JOB_READY);
    world.faults.crashAt(step);
    return world;
  }

  @Test
  void shouldSendAMessageBackThatIsNotDue() {
    Job job = shopIsTold();
    world.run();
    world.deliveries.reset(ALICE, SHOP_ID, DeliveryId.of(event(job)), Studio.START);
    world.calls.clear();

    Instant later = world.clock.instant().plus(Duration.ofHours(5));
    world.send(new NotificationTask.Deliver(event(job), SHOP_ID, 1, later));
    world.run();

    assertThat(world.calls(SHOP)).extracting(Receivers.Call::at).containsExactly(later);
  }

  @Test
  void shouldSignWithBothSecretsWhileOneTakesTheOthersPlace() {
    Instant end = Studio.START.plus(RETRY);
    world.answers(SHOP, call -> call <= 3 ? new Answer.Unanswered("reset") : OK);
    Job job = shopIsTold();
    world.endpoints.apply(
        ALICE,
        SHOP_ID,
        new EndpointChange.Rotated(
            new WebhookSecret("whsec_new", Optional.empty()),
            new WebhookSecret("whsec_ep_shop", Optional.empty()),
            end));

    world.run();

    assertThat(job.events()).hasSize(1);
    assertThat(world.calls(SHOP))
        .hasSize(4)
        .allSatisfy(
            call ->
                assertThat(call.secrets())
                    .isEqualTo(
                        call.at().isBefore(end)
                            ? List.of("whsec_new", "whsec_ep_shop")
                            : List.of("whsec_new")));
  }

  @Test
  void shouldGiveLinksOnlyWhereTheyAreWanted() {
    world.endpoint(SHOP_ID, SHOP, EventType.DEFAULT);
    world.endpoint(OTHER_ID, OTHER, EventType.DEFAULT);
    world.endpoints.apply(
        ALICE,
        OTHER_ID,
        new EndpointChange.Edited(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(true)));
    world.job(Studio.request(), EventType.JOB_READY);

    world.run();

    assertThat(world.calls(SHOP).getFirst().body()).doesNotEndWith(" with links");
    assertThat(world.calls(OTHER).getFirst().body()).endsWith(" with links");
    assertThat(world.bus).noneMatch(body -> body.endsWith(" with links"));
  }

  /** What was a good URL may be none by the rules of a later version. */
  @Test
  void shouldNotCallAUrlThatIsRefused() {
    URI plain = URI.create("http://shop.example/");
    world.endpoint(SHOP_ID, plain, EventType.DEFAULT);
    world.job(Studio.request(), EventType.JOB_READY);

    world.run();

    assertThat(world.calls).isEmpty();
    assertThat(world.delivery(SHOP_ID).lastError()).contains("its URL must be an https URL");
    assertThat(world.delivery(SHOP_ID).attempts()).isEqualTo(10);
  }

  @Test
  void shouldSendNothingUnsigned() {
    Job job = world.job(Receivers.withWebhook(SHOP, EventType.DEFAULT), EventType.JOB_READY);
    world.endpoints.insert(
        Endpoint.signer(
            ALICE, new WebhookSecret("whsec_old", Optional.of(Studio.START)), Studio.START));

    world.run();

    assertThat(world.calls).isEmpty();
    assertThat(world.delivery(EndpointId.ofJob(job.id())).lastError())
        .contains("there is no secret to sign with");
  }

  @Test
  void shouldTellOfAJobThatIsNotThereAnyMore() {
    world.endpoint(SHOP_ID, SHOP, EventType.DEFAULT);
    Notification told =
        new Notification(
            "evt_gone_1",
            EventType.JOB_READY,
            Studio.START,
            1_000,
            ALICE,
            new Notification.Subject.OfJob(new JobId("gone"), OptionalInt.empty()));
    world.deliveries.insert(Delivery.of(told, SHOP_ID));

    world.send(new NotificationTask.Deliver(told, SHOP_ID, 1, Studio.START));
    world.run();

    assertThat(world.calls(SHOP)).extracting(Receivers.Call::id).containsExactly("evt_gone_1");
  }
}
