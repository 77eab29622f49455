package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The liveness rule, step by step: whole jobs run on simulated time, and the process dies, or a
 * service fails, once or twice, before or after each call of a port that there is. A message whose
 * processing failed comes again; an HTTP call does not.
 */
@DisplayName("A process that dies")
final class CrashesTest {
  private static final Duration VISIBILITY = Duration.ofMinutes(6);
  private static final Limits ONE = new Limits(1, OptionalInt.of(1));
  private static final int PAIRS = 61;
  private static final Duration GENERATION = Duration.ofSeconds(40);

  @Test
  void shouldBeReadyWithoutACrash() {
    for (boolean callbacks : new boolean[] {true, false}) {
      World world = new World(callbacks, 0);
      world.run();
      assertThat(world.job().status()).isEqualTo(Status.READY);
      assertThat(world.bought).isEqualTo(1);
      assertThat(world.clock.instant())
          .as("long before the deadline, when no message is left")
          .isBefore(Studio.START.plus(Duration.ofMinutes(30)));
    }
  }

  static Stream<Integer> stepsWithCallbacks() {
    return steps(true);
  }

  static Stream<Integer> stepsWithoutCallbacks() {
    return steps(false);
  }

  private static Stream<Integer> steps(boolean callbacks) {
    World world = new World(callbacks, 0);
    world.run();
    return IntStream.rangeClosed(1, world.faults.steps()).boxed();
  }

  @ParameterizedTest
  @MethodSource("stepsWithCallbacks")
  void shouldLoseNoJobAndBuyNoSongTwice(int crashAt) {
    World world = new World(true, crashAt);
    world.run();
    if (world.isWritten()) {
      assertThat(world.job().status()).as("died %s", world.diedAt).isEqualTo(Status.READY);
      assertReadyMeansStored(world);
      assertThat(world.bought).as("died %s", world.diedAt).isEqualTo(1);
    } else {
      assertThat(world.bought).as("died %s", world.diedAt).isZero();
    }
    assertThat(world.hasRoom()).as("died %s", world.diedAt).isTrue();
  }

  @ParameterizedTest
  @MethodSource("stepsWithoutCallbacks")
  void shouldLoseNoJobWhereNobodyCallsBack(int crashAt) {
    World world = new World(false, crashAt);
    world.run();
    if (world.isWritten()) {
      assertThat(world.job().status()).as("died %s", world.diedAt).isEqualTo(Status.READY);
      assertReadyMeansStored(world);
      // Where the answer to the call is lost, nobody calls back, and the provider lists only what
      // runs, the one second call that is allowed is the only way on.
      assertThat(world.bought)
          .as("died %s", world.diedAt)
          .isBetween(1, world.diedSubmitting ? 2 : 1);
    }
  }

  /** A service fails once. The caller gets a job if and only if one is written. */
  @Test
  void shouldLoseNoJobInAnOutage() {
    for (boolean callbacks : new boolean[] {true, false}) {
      for (int step : steps(callbacks).toList()) {
        World world = new World(callbacks, 0);
        world.faults.failAt(step, Faults.Kind.OUTAGE);
        world.run();
        assertThat(world.diedSubmitting)
            .as("the call failed, and no job is written: %s", world.diedAt)
            .isEqualTo(!world.isWritten());
        assertTakenToItsEnd(world);
      }
    }
  }

  /** Every pair of faults would be too many to run in each build, so these are some of all. */
  @ParameterizedTest
  @EnumSource(Faults.Kind.class)
  void shouldLoseNoJobAtTwoFaults(Faults.Kind second) {
    for (boolean callbacks : new boolean[] {true, false}) {
      int steps = (int) steps(callbacks).count();
      int worlds = 0;
      for (int one = 1; one <= steps; one++) {
        for (int other = one + 1; other <= one + steps; other++) {
          if ((7 * one + other) % PAIRS == 0) {
            World world = new World(callbacks, 0);
            world.faults.failAt(one, one % 2 == 0 ? Faults.Kind.CRASH : Faults.Kind.OUTAGE);
            world.faults.failAt(other, second);
            world.run();
            assertTakenToItsEnd(world);
            worlds++;
          }
        }
      }
      assertThat(worlds).isGreaterThan(200);
    }
  }

  private static void assertTakenToItsEnd(World world) {
    if (!world.isWritten()) {
      assertThat(world.bought).as("failed %s", world.diedAt).isZero();
      return;
    }
    Job job = world.job();
    if (job.status() == Status.FAILED) {
      // Two calls in a row without an answer: nobody can know what they bought.
      assertThat(job.reason().orElseThrow().code())
          .as("failed %s", world.diedAt)
          .isEqualTo("outcome-unknown");
      assertThat(world.bought).as("failed %s", world.diedAt).isLessThanOrEqualTo(2);
    } else {
      assertThat(job.status()).as("failed %s", world.diedAt).isEqualTo(Status.READY);
      assertReadyMeansStored(world);
      assertThat(world.bought).as("failed %s", world.diedAt).isBetween(1, 2);
    }
    assertThat(job.untold()).as("failed %s", world.diedAt).isEmpty();
  }

  private static void assertReadyMeansStored(World world) {
    assertThat(world.songs.findAll(world.job().songs()))
        .isNotEmpty()
        .allSatisfy(
            song ->
                assertThat(song.assets())
                    .allSatisfy(
                        asset ->
                            assertThat(asset.file())
                                .as("%s, died %s", asset, world.diedAt)
                                .isEqualTo(world.assets.file(song.key(asset.name())))
                                .isPresent()));
  }

  /** The system, its queues and a provider, on simulated time. */
  private static final class World implements Provider {
    private record Event(Instant at, int number, Runnable work) {}

    private final TestClock clock = new TestClock(Studio.START);
    private final InMemoryJobStore jobs = new InMemoryJobStore();
    private final InMemorySongStore songs = new InMemorySongStore();
    private final InMemoryAssetStore assets = new InMemoryAssetStore();
    private final InMemoryQueues queues = new InMemoryQueues();
    private final InMemoryAdmissions admissions = new InMemoryAdmissions();
    private final FakeProvider files = FakeProvider.named("useapi");
    private final Faults faults = new Faults();
    private final PriorityQueue<Event> events =
        new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::number));
    private final Map<String, Instant> finishedAt = new LinkedHashMap<>();
    private final Studio.UseCases does;
    private final boolean callbacks;
    private String diedAt = "";
    private boolean diedSubmitting;
    private int numbers;
    private int bought;

    private World(boolean callbacks, int crashAt) {
      this.callbacks = callbacks;
      if (crashAt > 0) {
        faults.crashAt(crashAt);
      }
      var providers = new Providers(List.of(faults.around(Provider.class, this)));
      does =
          new Studio.UseCases(
              new Studio.Ports(
                  faults.around(JobStore.class, jobs),
                  faults.around(SongStore.class, songs),
                  faults.around(AssetStore.class, assets),
                  faults.around(Queues.class, queues),
                  providers,
                  faults.around(Admissions.class, admissions),
                  ONE),
              new CallbackUrls(
                  Optional.of(URI.create("https://riffhook.example")).filter(_ -> callbacks),
                  () -> new CallbackTokens(List.of(Studio.SECRET))),
              clock);
      for (String song : List.of("s1", "s2")) {
        files.opens(Studio.source(song, Format.MP3), FakeProvider.bytes(Studio.MP3));
        files.opens(stem(song), FakeProvider.bytes(Studio.WAV));
      }
    }

    private void run() {
      JobRequest request = Studio.request(Format.MP3, Format.STEMS);
      diedSubmitting = !once(() -> does.submit.submit(Studio.ALICE, request, Optional.empty()));
      for (int i = 0; !events.isEmpty(); i++) {
        assertThat(i).as("events").isLessThan(2_000);
        Event next = events.remove();
        clock.set(next.at());
        next.work().run();
      }
    }

    private boolean isWritten() {
      return !jobs.all().isEmpty();
    }

    /**
     * Whether the owner, who may have one job, may have another: at once where there is none, or
     * the day after.
     */
    private boolean hasRoom() {
      clock.advance(OwnerLimits.GRACE.plusSeconds(1));
      if (isWritten()) {
        clock.advance(Duration.ofDays(1));
      }
      return new OwnerLimits(Optional.of(ONE), admissions, jobs, clock)
              .admit(Studio.ALICE, new JobId("the-next"), 1)
          instanceof OwnerLimits.Decision.Admitted;
    }

    private Job job() {
      return jobs.all().getFirst();
    }

    /** Work that nobody repeats. What it sent before it died is on its way all the same. */
    private boolean once(Runnable work) {
      try {
        work.run();
        return true;
      } catch (Faults.CrashException | Faults.OutageException e) {
        diedAt = diedAt + ", " + e.getMessage();
        return false;
      } finally {
        queues.take().forEach(message -> at(message.delay(), () -> deliver(message)));
      }
    }

    private void deliver(InMemoryQueues.Message message) {
      boolean done =
          once(
              () -> {
                switch (message) {
                  case InMemoryQueues.SubmissionDue due -> does.call.resume(due.job());
                  case InMemoryQueues.CheckDue due -> does.check.check(due.job(), due.number());
                  case InMemoryQueues.DownloadDue due -> Studio.run(does, due.task());
                  case InMemoryQueues.NotificationDue due -> told(due.job());
                  case InMemoryQueues.EventDue _,
                      InMemoryQueues.BatchDue _,
                      InMemoryQueues.OrderDue _ ->
                      throw new AssertionError("nothing here sends " + message);
                }
              });
      if (!done) {
        at(VISIBILITY, () -> deliver(message));
      }
    }

    private void told(JobId id) {
      Job job = jobs.find(id).orElseThrow();
      jobs.apply(id, new JobChange.Told(job.events().size(), false), clock.instant());
    }

    private void at(Duration delay, Runnable work) {
      events.add(new Event(clock.instant().plus(delay), numbers++, work));
    }

    private void calledBack(JobId job, Callback callback) {
      if (callbacks) {
        once(() -> does.receive.receive(job, 1, callback));
      }
    }

    @Override
    public Capabilities capabilities() {
      return files.capabilities();
    }

    @Override
    public SubmitOutcome submit(Order order) {
      bought++;
      List<String> ids = new ArrayList<>();
      for (int i = 1; i <= 2; i++) {
        String id = "p" + i;
        ids.add(id);
        finishedAt.put(id, clock.instant().plus(GENERATION));
        at(GENERATION, () -> calledBack(order.job(), new Callback.Finished(Optional.of(id))));
      }
      at(GENERATION.dividedBy(2), () -> calledBack(order.job(), new Callback.Progress(50)));
      return new SubmitOutcome.Accepted(ids, Optional.of("account-1"));
    }

    @Override
    public Callback parseCallback(Inbound inbound) {
      throw new AssertionError("callbacks come parsed here");
    }

    @Override
    public Lookup lookup(String providerJob, Optional<String> account) {
      Instant end = finishedAt.get(providerJob);
      if (end == null) {
        return new Lookup.Unheard("no song in the answer");
      }
      if (clock.instant().isBefore(end)) {
        return new Lookup.Running(OptionalInt.of(50));
      }
      String song = providerJob.replace('p', 's');
      return new Lookup.Finished(
          List.of(
              Studio.song(
                  song, Map.of(Format.MP3, Studio.source(song, Format.MP3)), Optional.empty())));
    }

    @Override
    public Found find(JobId job) {
      List<String> running =
          finishedAt.entrySet().stream()
              .filter(each -> clock.instant().isBefore(each.getValue()))
              .map(Map.Entry::getKey)
              .toList();
      return running.isEmpty()
          ? new Found.NotThere()
          : new Found.There(running, Optional.of("account-1"));
    }

    @Override
    public Stems stems(String providerSong, Optional<String> account) {
      return new Stems.Listed(Map.of("drums", stem(providerSong)));
    }

    @Override
    public Opened open(AssetSource source) {
      return files.open(source);
    }

    private static AssetSource stem(String song) {
      return Studio.link("https://files.example/" + song + "/drums.wav");
    }
  }
}
