package io.riffhook.domain;

import static io.riffhook.domain.Receivers.ALICE;
import static io.riffhook.domain.Receivers.OTHER;
import static io.riffhook.domain.Receivers.OTHER_ID;
import static io.riffhook.domain.Receivers.SHOP;
import static io.riffhook.domain.Receivers.SHOP_ID;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is told of what, in which order, and that nobody is forgotten whatever dies. */
class TellOwnerTest {
  private static final URI SINGLE = URI.create("https://single.example/");
  private static final EventType[] LIFE = {
    EventType.JOB_SUBMITTED, EventType.SONG_STORED, EventType.SONG_STORED, EventType.JOB_READY
  };
  private static final List<String> TOLD =
      List.of("job.submitted", "song.stored", "song.stored", "job.ready");

  private static List<String> types(List<Receivers.Call> calls) {
    return calls.stream().map(call -> call.body().replaceFirst(" .*", "")).toList();
  }

  private static List<String> types(Receivers world) {
    return world.bus.stream().map(body -> body.replaceFirst(" .*", "")).toList();
  }

  /** However the queue mixes up its messages. */
  @Test
  void shouldTellOfAJobsEventsInTheirOrder() {
    for (Comparator<Integer> order :
        List.<Comparator<Integer>>of(Comparator.naturalOrder(), Comparator.reverseOrder())) {
      Receivers world = new Receivers(order);
      world.endpoint(SHOP_ID, SHOP, EventType.DEFAULT);
      Job job = world.job(Receivers.withWebhook(OTHER, EventType.DEFAULT), LIFE);

      world.run();

      assertThat(types(world)).isEqualTo(TOLD);
      assertThat(types(world.calls(SHOP))).isEqualTo(TOLD);
      assertThat(types(world.calls(OTHER))).isEqualTo(TOLD);
      assertThat(world.jobs.find(job.id()).orElseThrow().untold()).isEmpty();
      assertThat(world.deliveries.all())
          .hasSize(8)
          .allMatch(each -> each.state() == Delivery.State.DELIVERED && each.attempts() == 1);
    }
  }

  /** The job is read before its events are published, and another event is written meanwhile. */
  @Test
  void shouldNotForgetAnEventThatHappensWhileOthersArePublished() {
    Receivers world = new Receivers();
    world.endpoint(SHOP_ID, SHOP, EventType.DEFAULT);
    Job job = world.job(Studio.request(), EventType.JOB_SUBMITTED);
    Job later =
        new JobDraft(job, Status.READY)
            .events(
                job.events().getFirst(),
                new JobEvent(2, EventType.JOB_READY, Studio.START, OptionalInt.empty()))
            .job();
    world.faults.failWhen(
        step -> {
          if (step.equals("before DeliveryStore.insert")
              && world.jobs.find(job.id()).equals(Optional.of(job))) {
            world.jobs.put(later);
          }
          return false;
        });

    world.run();
    assertThat(types(world)).containsExactly("job.submitted");
    assertThat(world.jobs.find(job.id()).orElseThrow().untold())
        .as("left to the message of the second event")
        .containsExactly(later.events().getLast());
    world.send(new NotificationTask.Announce(job.id()));
    world.run();

    assertThat(types(world)).containsExactly("job.submitted", "job.ready");
    assertThat(types(world.calls(SHOP))).containsExactly("job.submitted", "job.ready");
  }

  @Test
  void shouldTellOnlyOfWhatWasPicked() {
    Receivers world = new Receivers();
    world.endpoint(SHOP_ID, SHOP, Set.of(EventType.JOB_READY));
    world.job(Receivers.withWebhook(OTHER, Set.of(EventType.SONG_STORED)), LIFE);

    world.run();

    assertThat(types(world)).as("the bus gets all").isEqualTo(TOLD);
    assertThat(types(world.calls(SHOP))).containsExactly("job.ready");
    assertThat(types(world.calls(OTHER))).containsExactly("song.stored", "song.stored");
  }

  /** Rules on the bus and receivers know one and the same thing by one id. */
  @Test
  void shouldTellOfAnEventByTheSameIdEverywhere() {
    Receivers world = new Receivers();
    world.endpoint(SHOP_ID, SHOP, EventType.DEFAULT);
    Job job = world.job(Receivers.withWebhook(OTHER, EventType.DEFAULT), LIFE);

    world.run();

    List<String> ids =
        IntStream.rangeClosed(1, 4).mapToObj(i -> "evt_" + job.id() + "_" + i).toList();
    assertThat(world.calls(SHOP)).extracting(Receivers.Call::id).isEqualTo(ids);
    assertThat(world.calls(OTHER)).extracting(Receivers.Call::id).isEqualTo(ids);
    assertThat(world.bus.stream().map(body -> body.split(" ")[1])).isEqualTo(ids);
  }

  @Test
  void shouldSignSingleJobsWebhooksWithOneSecretOfTheOwner() {
    Receivers world = new Receivers();
    world.job(Receivers.withWebhook(SHOP, EventType.DEFAULT), EventType.JOB_READY);
    world.job(Receivers.withWebhook(OTHER, EventType.DEFAULT), EventType.JOB_READY);

    world.run();

    assertThat(world.calls)
        .hasSize(2)
        .allSatisfy(call -> assertThat(call.secrets()).containsExactly("whsec_single"));
    assertThat(world.endpoints.ofOwner(ALICE))
        .singleElement()
        .satisfies(signer -> assertThat(signer.id()).isEqualTo(EndpointId.DEFAULT));
  }

  @Test
  void shouldTellNothingTwiceWhereItIsAskedTwice() {
    Receivers world = new Receivers();
    world.endpoint(SHOP_ID, SHOP, EventType.DEFAULT);
    Job job = world.job(Studio.request(), LIFE);
    world.run();

    world.send(new NotificationTask.Announce(job.id()));
    world.send(new NotificationTask.Announce(new JobId("of-nobody")));
    world.run();

    assertThat(types(world)).isEqualTo(TOLD);
    assertThat(types(world.calls(SHOP))).isEqualTo(TOLD);
  }

  @Test
  void shouldTellOfWhatIsNoJobsEvent() {
    Receivers world = new Receivers();
    world.endpoint(SHOP_ID, SHOP, EventType.DEFAULT);
    world.endpoint(OTHER_ID, OTHER, Set.of(EventType.JOB_READY));

    world.send(
        new NotificationTask.Tell(
            new Notification(
                "evt_batch",
                EventType.BATCH_ENDED,
                world.clock.instant(),
                0,
                ALICE,
                new Notification.Subject.Data("{}"))));
    world.run();

    assertThat(world.bus).containsExactly("batch.ended evt_batch");
    assertThat(types(world.calls(SHOP))).containsExactly("batch.ended");
    assertThat(world.calls(OTHER)).isEmpty();
  }

  @Test
  void shouldTellOfProgressOnceInASecondAndOnlyWhereAsked() {
    Receivers world = new Receivers();
    world.endpoint(SHOP_ID, SHOP, EventType.DEFAULT);
    world.endpoint(OTHER_ID, OTHER, EnumSet.of(EventType.JOB_PROGRESS));
    world.answers(OTHER, 500);
    Job job =
        new JobDraft(JobCases.fresh(ALICE, world.clock.instant()), Status.GENERATING)
            .progress(40)
            .job();
    world.jobs.insert(job);
    NotificationTask progress = new NotificationTask.Progress(job.id());

    world.send(progress);
    world.send(progress);
    world.run();
    world.clock.advance(Duration.ofMillis(999));
    world.send(progress);
    world.run();
    assertThat(types(world)).containsExactly("job.progress");
    assertThat(types(world.calls(OTHER))).as("not tried again").containsExactly("job.progress");

    world.clock.advance(Duration.ofMillis(1));
    world.send(progress);
    world.run();
    assertThat(types(world)).containsExactly("job.progress", "job.progress");
    assertThat(world.calls(OTHER)).hasSize(2);
    assertThat(world.calls(SHOP)).isEmpty();
  }

  @Test
  void shouldTellOfNoProgressOfAJobThatHasEndedOrHasNone() {
    Receivers world = new Receivers();
    for (JobDraft draft :
        List.of(
            new JobDraft(JobCases.fresh(ALICE, world.clock.instant()), Status.READY).progress(100),
            new JobDraft(JobCases.fresh(ALICE, world.clock.instant()), Status.SUBMITTED))) {
      Job job = draft.job();
      world.jobs.insert(job);
      world.send(new NotificationTask.Progress(job.id()));
    }
    world.send(new NotificationTask.Progress(new JobId("of-nobody")));

    world.run();

    assertThat(world.bus).isEmpty();
  }

  /** Two receivers, one of which fails twice, and a third whose URL is a job's own. */
  private static Receivers anyWorld() {
    Receivers world = new Receivers();
    world.endpoint(SHOP_ID, SHOP, EventType.DEFAULT);
    world.endpoint(OTHER_ID, OTHER, EventType.DEFAULT);
    world.answers(
        OTHER, call -> call <= 2 ? new Webhooks.Answer.Unanswered("reset") : Receivers.OK);
    world.job(Receivers.withWebhook(SINGLE, EventType.DEFAULT), LIFE);
    return world;
  }

  static Stream<Integer> steps() {
    Receivers world = anyWorld();
    world.run();
    return IntStream.rangeClosed(1, world.faults.steps()).boxed();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void shouldTellEverybodyAtLeastOnceWhateverDies(int crashAt) {
    Receivers world = anyWorld();
    world.faults.crashAt(crashAt);

    world.run();

    Set<String> ids = new TreeSet<>(world.calls.stream().map(Receivers.Call::id).toList());
    assertThat(ids).hasSize(4);
    for (URI url : List.of(SHOP, OTHER, SINGLE)) {
      assertThat(world.calls(url).stream().map(Receivers.Call::id).distinct())
          .as("died %s", world.diedAt())
          .containsExactlyElementsOf(ids);
    }
    assertThat(world.bus.stream().map(body -> body.split(" ")[1]))
        .as("died %s", world.diedAt())
        .containsAll(ids);
    assertThat(world.deliveries.all())
        .as("died %s", world.diedAt())
        .hasSize(12)
        .allMatch(each -> each.state() == Delivery.State.DELIVERED);
    assertThat(world.endpoint(OTHER_ID).failingSince()).as("died %s", world.diedAt()).isEmpty();
    assertThat(world.calls.size() - 14).as("repeats, died %s", world.diedAt()).isBetween(0, 1);
  }
}
