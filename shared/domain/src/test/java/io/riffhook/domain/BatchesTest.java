package io.riffhook.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Batches on simulated time: each job takes a while, and the process dies, or a service fails, once
 * or twice, before or after any call of a port. A message whose processing failed comes again; a
 * caller's request does not. At every moment each unfinished batch has a check message.
 */
final class BatchesTest {
  private static final Duration VISIBILITY = Duration.ofMinutes(6);
  private static final int PAIRS = 17;
  private static final BatchId ID = new BatchId("b");

  @Test
  void shouldRunEveryLineAndNeverMoreThanItMay() {
    World world = new World(0);
    world.start(entries(9), 3);
    world.run();

    assertThat(world.batch().outcome().orElseThrow().counts()).isEqualTo(Map.of("READY", 9));
    assertThat(world.mostAtOnce).isEqualTo(3);
    assertThat(world.submissions.values()).as("each once").hasSize(9).containsOnly(1);
    assertThat(world.report())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 9).mapToObj(i -> i + " b-" + i + " READY").toList());
    assertThat(world.told).containsOnly("evt_b_ended").hasSize(1);
  }

  static Stream<Integer> steps() {
    World world = new World(0);
    world.start(entries(5), 2);
    world.run();
    return IntStream.rangeClosed(1, world.faults.steps()).boxed();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void shouldEndWhateverDies(int crashAt) {
    World world = new World(crashAt);
    world.start(entries(5), 2);
    world.run();
    if (world.batches.find(ID).isEmpty()) {
      assertThat(world.submissions).as("died %s", world.diedAt).isEmpty();
      return;
    }
    assertThat(world.batch().outcome().orElseThrow().counts())
        .as("died %s", world.diedAt)
        .isEqualTo(Map.of("READY", 5));
    assertThat(world.mostAtOnce).as("died %s", world.diedAt).isLessThanOrEqualTo(2);
    assertThat(world.report()).as("died %s", world.diedAt).hasSize(5);
    assertThat(world.told).as("died %s", world.diedAt).containsOnly("evt_b_ended");
    assertThat(world.batch().told()).isTrue();
  }

  /** A service fails once. The caller gets a batch if and only if one is written. */
  @Test
  void shouldEndInAnOutage() {
    for (int step : steps().toList()) {
      World world = new World(0);
      world.faults.failAt(step, Faults.Kind.OUTAGE);
      boolean answered = world.start(entries(5), 2);
      world.run();
      // The write of a batch whose answer is lost is the one case in which nobody can know.
      if (!world.diedAt.endsWith("after BatchStore.insert")) {
        assertThat(answered)
            .as("failed %s", world.diedAt)
            .isEqualTo(world.batches.find(ID).isPresent());
      }
      assertEnded(world);
    }
  }

  @Test
  void shouldAnswerACancelThatIsWritten() {
    World world = new World(0);
    world.start(entries(5), 2);
    world.run(Duration.ofMinutes(3));
    assertThat(world.batch().running()).isNotEmpty();
    world.jobs.all().forEach(job -> world.jobs.put(new JobDraft(job, Status.READY).job()));
    world.batches.apply(
        ID, new BatchChange.LinesEnded(Set.copyOf(numbers(world.batch()))), Studio.START);
    int calls = world.faults.calls().size();
    world.faults.failWhen(
        step ->
            step.startsWith("before")
                && world.faults.calls().subList(calls, world.faults.calls().size()).size() > 1);

    assertThat(world.run.cancel(ID)).as("its report cannot be written now").isPresent();
    assertThat(world.batch().cancelled()).isTrue();
    assertThat(world.batch().outcome()).isEmpty();

    world.faults.failWhen(_ -> false);
    world.run();
    assertThat(world.batch().told()).isTrue();
  }

  private static List<Integer> numbers(Batch batch) {
    return batch.running().stream().map(BatchLine::number).toList();
  }

  /** Every pair of faults would be too many to run in each build, so these are some of all. */
  @ParameterizedTest
  @EnumSource(Faults.Kind.class)
  void shouldEndAtTwoFaults(Faults.Kind second) {
    int steps = (int) steps().count();
    int worlds = 0;
    for (int one = 1; one <= steps; one++) {
      for (int other = one + 1; other <= one + steps; other++) {
        if ((5 * one + other) % PAIRS == 0) {
          World world = new World(0);
          world.deaf = other % 3 == 0;
          world.faults.failAt(one, one % 2 == 0 ? Faults.Kind.CRASH : Faults.Kind.OUTAGE);
          world.faults.failAt(other, second);
          world.start(entries(5), 2);
          world.run();
          assertEnded(world);
          worlds++;
        }
      }
    }
    assertThat(worlds).isGreaterThan(100);
  }

  private static void assertEnded(World world) {
    if (world.batches.find(ID).isEmpty()) {
      assertThat(world.submissions).as("failed %s", world.diedAt).isEmpty();
      return;
    }
    assertThat(world.batch().told()).as("failed %s", world.diedAt).isTrue();
    assertThat(world.batch().outcome().orElseThrow().counts())
        .as("failed %s", world.diedAt)
        .isEqualTo(Map.of("READY", 5));
    assertThat(world.mostAtOnce).as("failed %s", world.diedAt).isLessThanOrEqualTo(2);
    assertThat(world.report()).as("failed %s", world.diedAt).hasSize(5);
    assertThat(world.told).as("failed %s", world.diedAt).containsOnly("evt_b_ended");
  }

  @Test
  void shouldEndWhereNoEndOfAJobIsTold() {
    World world = new World(0);
    world.deaf = true;
    world.start(entries(5), 2);
    world.run();
    assertThat(world.batch().outcome().orElseThrow().counts()).isEqualTo(Map.of("READY", 5));
    assertThat(world.mostAtOnce).isEqualTo(2);
  }

  @Test
  void shouldSubmitAgainWhatGotLost() {
    World world = new World(0);
    world.loses = Set.of(1, 4);
    world.start(entries(5), 2);
    world.run();
    assertThat(world.batch().outcome().orElseThrow().counts()).isEqualTo(Map.of("READY", 5));
    assertThat(world.submissions).containsEntry(1, 2).containsEntry(4, 2).containsEntry(2, 1);
    assertThat(world.mostAtOnce).isLessThanOrEqualTo(2);
  }

  @Test
  void shouldReportLinesThatCannotBeJobsAndGoOn() {
    List<BatchEntry> entries = new ArrayList<>(entries(5));
    FieldError missing = new FieldError("/prompt", "is required");
    entries.set(0, new BatchEntry.Bad(List.of(missing)));
    entries.set(4, new BatchEntry.Bad(List.of(missing)));
    World world = new World(0);
    world.refuses = Set.of(3);
    world.start(entries, 1);
    world.run();
    assertThat(world.batch().outcome().orElseThrow().counts())
        .isEqualTo(Map.of("READY", 2, "REFUSED", 3));
    assertThat(world.report())
        .containsExactly(
            "1 /prompt is required",
            "2 b-2 READY",
            "3 the id b-3 belongs to another job",
            "4 b-4 READY",
            "5 /prompt is required");
  }

  @Test
  void shouldEndAtOnceWhereNoLineCanBeAJob() {
    World world = new World(0);
    world.start(List.of(new BatchEntry.Bad(List.of(new FieldError("", "It is not JSON")))), 1);
    assertThat(world.batch().told()).isTrue();
    assertThat(world.report()).containsExactly("1 It is not JSON");
    world.run();
    assertThat(world.told).hasSize(1);
  }

  @Test
  void shouldTakeNoNewsOfLinesThatItHasNotHandedOut() {
    World world = new World(0);
    world.start(entries(5), 2);
    Batch before = world.batch();
    world.run.run(new BatchTask.Refused(new BatchLine(ID, 3), Reasons.idTaken("x")));
    world.run.run(new BatchTask.Ended(new BatchLine(ID, 3)));
    world.run.run(new BatchTask.Ended(new BatchLine(ID, 6)));
    world.run.run(new BatchTask.Ended(new BatchLine(new BatchId("none"), 1)));
    assertThat(world.batch()).isEqualTo(before);
    assertThat(world.batches.refusals(ID)).isEmpty();
  }

  @Test
  void shouldHandOutNoMoreOnceItIsCancelled() {
    World world = new World(0);
    world.start(entries(6), 2);
    assertThat(world.run.cancel(ID)).isPresent();
    world.run();
    assertThat(world.batch().outcome().orElseThrow().counts())
        .isEqualTo(Map.of("READY", 2, "NOT_STARTED", 4));
    assertThat(world.report()).endsWith("5 NOT_STARTED", "6 NOT_STARTED");
    assertThat(world.submissions.keySet()).containsExactly(1, 2);
    assertThat(world.run.cancel(ID)).as("it has ended").isEmpty();
  }

  @Test
  void shouldBeOneBatchHoweverOftenItIsStarted() {
    World world = new World(0);
    world.start(entries(3), 2);
    assertThat(world.starts.start(ID, Studio.ALICE, Optional.empty(), entries(3), 2))
        .isEqualTo(new StartBatch.Result.Started(world.batch()));
    for (StartBatch.Result other :
        List.of(
            world.starts.start(ID, Studio.ALICE, Optional.empty(), entries(4), 2),
            world.starts.start(ID, Studio.ALICE, Optional.empty(), entries(3), 1),
            world.starts.start(ID, new Owner("bob"), Optional.empty(), entries(3), 2))) {
      assertThat(other).isEqualTo(new StartBatch.Result.Differs());
    }
    world.run();
    assertThat(world.submissions.values()).hasSize(3).containsOnly(1);
  }

  @Test
  void shouldKnowABatchWhoseLinesWouldBeRefusedToday() {
    World world = new World(0);
    List<BatchCandidate> lines =
        IntStream.rangeClosed(1, 3)
            .<BatchCandidate>mapToObj(
                i ->
                    new BatchCandidate.Good(
                        "{" + i + "}",
                        new JobRequest(
                            Studio.request().operation(),
                            Optional.of("no longer configured"),
                            Optional.empty(),
                            Set.of(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty())))
            .toList();
    assertThat(world.starts.known(ID, Studio.ALICE, lines, 2)).as("no such batch").isEmpty();
    world.start(entries(3), 2);

    assertThat(world.starts.known(ID, Studio.ALICE, lines, 2))
        .contains(new StartBatch.Result.Started(world.batch()));
    assertThat(world.starts.known(ID, Studio.ALICE, lines.subList(0, 2), 2))
        .contains(new StartBatch.Result.Differs());
    assertThat(world.starts.known(ID, new Owner("bob"), lines, 2))
        .contains(new StartBatch.Result.Differs());
    assertThat(
            world.starts.known(
                ID,
                Studio.ALICE,
                List.of(new BatchCandidate.Bad(List.of(new FieldError("", "no")))),
                2))
        .as("bad whatever the settings are")
        .isEmpty();
  }

  @Test
  void shouldFindWhatNoProviderCanDo() {
    World world = new World(0);
    JobRequest request = Studio.request();
    JobRequest elsewhere =
        new JobRequest(
            request.operation(),
            Optional.of("nobody"),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(
            world.starts.check(
                Studio.ALICE,
                List.of(
                    new BatchCandidate.Good("{1}", request),
                    new BatchCandidate.Good("{2}", elsewhere),
                    new BatchCandidate.Bad(List.of(new FieldError("", "no"))))))
        .containsExactly(
            new BatchEntry.Order("{1}"),
            new BatchEntry.Bad(
                List.of(new FieldError("/provider", "is not configured; there is useapi"))),
            new BatchEntry.Bad(List.of(new FieldError("", "no"))));
  }

  @Test
  void shouldCheckABatchThatIsNotWrittenYetOnceMore() {
    World world = new World(0);
    world.run.run(new BatchTask.Check(ID, 1));
    assertThat(world.queues.take())
        .containsExactly(
            new InMemoryQueues.BatchDue(new BatchTask.Check(ID, 2), Duration.ofSeconds(60)));
    world.run.run(new BatchTask.Check(ID, 2));
    assertThat(world.queues.take()).isEmpty();
  }

  @Test
  void shouldStartNoSecondChainOfChecks() {
    World world = new World(0);
    world.starts.start(ID, Studio.ALICE, Optional.empty(), entries(1), 1);
    world.queues.take();
    world.run.run(new BatchTask.Check(ID, 1));
    world.run.run(new BatchTask.Check(ID, 2));
    assertThat(world.queues.take()).hasSize(3);
    world.run.run(new BatchTask.Check(ID, 1));
    assertThat(world.queues.take()).isEmpty();
  }

  @Test
  void shouldMakeABatchOfADroppedFileOnce() {
    World world = new World(0);
    Drop drop = world.drop("inbox/alice/weekly/songs.jsonl", "{1}\nbad\n{3}");
    world.drops.take(drop, ID);
    world.drops.take(drop, ID);
    world.takeMessages();
    world.run();
    assertThat(world.batch().file()).contains("weekly/songs");
    assertThat(world.lines("outbox/alice/weekly/songs.result.jsonl"))
        .containsExactly("1 b-1 READY", "2 it is bad", "3 b-3 READY");
    assertThat(world.submissions).isEqualTo(Map.of(1, 1, 3, 1));
  }

  @Test
  void shouldTakeAFileOfOneJob() {
    World world = new World(0);
    world.drops.take(world.drop("inbox/alice/song.json", "{1}\n"), ID);
    assertThat(world.batch().total()).isEqualTo(1);
    assertThat(world.batch().concurrency()).isEqualTo(Batch.CONCURRENCY);
  }

  @Test
  void shouldSayInAReportWhatIsWrongWithAFile() {
    World world = new World(0);
    world.drops.take(world.drop("inbox/alice/empty.jsonl", ""), ID);
    world.drops.take(world.drop("inbox/alice/many.jsonl", "{1}\n".repeat(1001)), ID);
    world.drops.take(new Drop("inbox/alice/long.jsonl", "e", Drop.MAX_BYTES + 1), ID);
    assertThat(world.lines("outbox/alice/empty.result.jsonl"))
        .containsExactly("the file can't be a batch: it holds no job");
    assertThat(world.lines("outbox/alice/many.result.jsonl"))
        .containsExactly("the file can't be a batch: it has more than 1000 lines");
    assertThat(world.lines("outbox/alice/long.result.jsonl"))
        .containsExactly(
            "the file can't be a batch: it has 5242881 bytes, and may have at most 5242880");
    assertThat(world.batches.find(ID)).isEmpty();
  }

  @Test
  void shouldLeaveAFileThatHasChangedToItsOwnEvent() {
    World world = new World(0);
    Drop old = world.drop("inbox/alice/a.jsonl", "{1}");
    world.drop("inbox/alice/a.jsonl", "{2}");
    world.drops.take(old, ID);
    world.drops.take(new Drop("inbox/alice/gone.jsonl", "e", 1), ID);
    assertThat(world.batches.find(ID)).isEmpty();
  }

  @Test
  void shouldRefuseAFileThatIsNobodys() {
    World world = new World(0);
    for (Map.Entry<String, String> each :
        Map.of(
                "inbox/a.jsonl",
                "a file is dropped as inbox/{owner}/NAME.json or " + "inbox/{owner}/NAME.jsonl",
                "inbox/alice/.jsonl",
                "a file is dropped as inbox/{owner}/NAME.json or " + "inbox/{owner}/NAME.jsonl",
                "inbox/-x/a.jsonl",
                "what follows inbox/ is not the name of an owner",
                "inbox/outbox/a.jsonl",
                "what follows inbox/ is not the name of an owner")
            .entrySet()) {
      assertThatThrownBy(() -> world.drops.take(world.drop(each.getKey(), "{1}"), ID))
          .isInstanceOf(TakeDrop.BadDropException.class)
          .hasMessage("the dropped file belongs to nobody: " + each.getValue());
    }
  }

  @Test
  void shouldHaveAtLeastOneLineAndRoomForOne() {
    assertThatThrownBy(() -> batch(0, 1)).hasMessage("a batch has 1 to 1000 lines, not 0");
    assertThatThrownBy(() -> batch(1001, 1)).hasMessage("a batch has 1 to 1000 lines, not 1001");
    assertThatThrownBy(() -> batch(1, 0)).hasMessage("concurrency must be 1 to 100, is 0");
    assertThatThrownBy(() -> batch(1, 101)).hasMessage("concurrency must be 1 to 100, is 101");
    assertThatThrownBy(() -> new BatchChange.LinesEnded(Set.of()))
        .hasMessage("no lines have ended");
  }

  private static Batch batch(int total, int concurrency) {
    return Batch.of(
        ID, Studio.ALICE, Optional.empty(), "", total, concurrency, Set.of(), Studio.START);
  }

  private static List<BatchEntry> entries(int count) {
    return IntStream.rangeClosed(1, count)
        .<BatchEntry>mapToObj(i -> new BatchEntry.Order("{" + i + "}"))
        .toList();
  }

  /** Batches, and jobs that end by themselves. */
  private static final class World {
    private record Event(
        Instant at, int number, Optional<InMemoryQueues.Message> message, Runnable work) {}

    private final TestClock clock = new TestClock(Studio.START);
    private final Studio studio = new Studio();
    private final InMemoryBatchStore batches = new InMemoryBatchStore();
    private final InMemoryBatchFiles files = new InMemoryBatchFiles();
    private final InMemoryQueues queues = new InMemoryQueues();
    private final InMemoryJobStore jobs = new InMemoryJobStore();
    private final Faults faults = new Faults();
    private final PriorityQueue<Event> events =
        new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::number));
    private final Map<Integer, Integer> submissions = new TreeMap<>();
    private final List<String> told = new ArrayList<>();
    private final RunBatch run;
    private final StartBatch starts;
    private final TakeDrop drops;
    private Set<Integer> loses = Set.of();
    private Set<Integer> refuses = Set.of();
    private boolean deaf;
    private String diedAt = "";
    private int numbers;
    private int mostAtOnce;

    private World(int crashAt) {
      if (crashAt > 0) {
        faults.crashAt(crashAt);
      }
      BatchStore store = faults.around(BatchStore.class, batches);
      BatchFiles bucket = faults.around(BatchFiles.class, files);
      Queues sends = faults.around(Queues.class, queues);
      BatchDocuments documents = new TextBatchDocuments();
      Delays delays = new Delays(new Random(20261121));
      run =
          new RunBatch(
              store,
              bucket,
              documents,
              faults.around(JobStore.class, jobs),
              new InMemorySongStore(),
              sends,
              delays,
              clock);
      starts =
          new StartBatch(
              store,
              bucket,
              documents,
              new Providers(List.of(studio.provider)),
              new Sources(jobs, studio.songs, studio.uploads, studio.registrations, clock),
              sends,
              run,
              delays,
              clock);
      drops = new TakeDrop(bucket, documents, starts, BatchesTest.World::candidates);
    }

    private static List<BatchCandidate> candidates(byte[] file, boolean many) {
      return new String(file, UTF_8)
          .lines()
          .<BatchCandidate>map(
              line ->
                  line.equals("bad")
                      ? new BatchCandidate.Bad(List.of(new FieldError("", "it is bad")))
                      : new BatchCandidate.Good(line, Studio.request()))
          .toList();
    }

    private Drop drop(String key, String text) {
      byte[] bytes = text.getBytes(UTF_8);
      files.write(key, bytes);
      return new Drop(key, InMemoryBatchFiles.etag(bytes), bytes.length);
    }

    private boolean start(List<BatchEntry> entries, int concurrency) {
      boolean answered =
          once(() -> starts.start(ID, Studio.ALICE, Optional.empty(), entries, concurrency));
      assertWatched();
      return answered;
    }

    private void run() {
      run(Duration.ofDays(1));
    }

    private void run(Duration most) {
      Instant end = clock.instant().plus(most);
      for (int i = 0; !events.isEmpty() && events.element().at().isBefore(end); i++) {
        assertThat(i).as("events").isLessThan(2_000);
        Event next = events.remove();
        clock.set(next.at());
        next.work().run();
        assertWatched();
      }
    }

    /** A batch that is not done with has a check message that its check would act on. */
    private void assertWatched() {
      batches
          .find(ID)
          .filter(batch -> !batch.told())
          .ifPresent(
              batch ->
                  assertThat(
                          events.stream()
                              .flatMap(event -> event.message().stream())
                              .anyMatch(message -> isCheckOf(batch, message)))
                      .as("a check message for %s; failed %s", batch, diedAt)
                      .isTrue());
    }

    private static boolean isCheckOf(Batch batch, InMemoryQueues.Message message) {
      return message instanceof InMemoryQueues.BatchDue due
          && due.task() instanceof BatchTask.Check check
          && check.number() >= batch.checks();
    }

    private Batch batch() {
      return batches.find(ID).orElseThrow();
    }

    private List<String> report() {
      return lines(batch().reportKey());
    }

    private List<String> lines(String key) {
      return new String(files.read(key), UTF_8).lines().toList();
    }

    private boolean once(Runnable work) {
      try {
        work.run();
        return true;
      } catch (Faults.CrashException | Faults.OutageException e) {
        diedAt = diedAt + ", " + e.getMessage();
        return false;
      } finally {
        takeMessages();
      }
    }

    private void takeMessages() {
      queues
          .take()
          .forEach(message -> at(message.delay(), Optional.of(message), () -> deliver(message)));
    }

    private void deliver(InMemoryQueues.Message message) {
      boolean done =
          once(
              () -> {
                switch (message) {
                  case InMemoryQueues.BatchDue due -> run.run(due.task());
                  case InMemoryQueues.OrderDue due -> submitted(due.order());
                  case InMemoryQueues.NotificationDue due -> {
                    if (due.task() instanceof NotificationTask.Tell tell) {
                      told.add(tell.notification().id());
                    }
                  }
                  default -> throw new AssertionError(message);
                }
              });
      if (!done) {
        at(VISIBILITY, Optional.of(message), () -> deliver(message));
      }
    }

    private void at(Duration delay, Optional<InMemoryQueues.Message> message, Runnable work) {
      events.add(new Event(clock.instant().plus(delay), numbers++, message, work));
    }

    private void submitted(BatchOrder order) {
      int number = order.line().number();
      assertThat(order.json()).isEqualTo("{" + number + "}");
      assertThat(order.owner()).isEqualTo(Studio.ALICE);
      boolean first = submissions.merge(number, 1, Integer::sum) == 1;
      if (refuses.contains(number)) {
        queues.batch(
            new BatchTask.Refused(order.line(), Reasons.idTaken(order.line().job().value())),
            Duration.ZERO);
      } else if (!first || !loses.contains(number)) {
        order(order.line());
      }
    }

    /** The job is there, and ends by itself; one that is there already goes on. */
    private void order(BatchLine line) {
      Job job =
          Job.submitting(
              line.job(),
              Studio.ALICE,
              Studio.request().in(line),
              studio.provider.capabilities(),
              false,
              clock.instant(),
              Duration.ofHours(24));
      if (!jobs.insert(job)) {
        return;
      }
      mostAtOnce =
          Math.max(
              mostAtOnce,
              (int) jobs.all().stream().filter(each -> !each.status().isTerminal()).count());
      at(
          Duration.ofSeconds(40 + 7L * line.number()),
          Optional.empty(),
          () -> {
            jobs.put(new JobDraft(job, Status.READY).job());
            if (!deaf) {
              deliver(new InMemoryQueues.BatchDue(new BatchTask.Ended(line), Duration.ZERO));
            }
          });
    }
  }
}
