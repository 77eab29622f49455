package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReceiveCallbackTest {
  private final Studio studio = new Studio();
  private final Job job = studio.submitted(Studio.request(), "p1", "p2");

  @Test
  void shouldChangeNothingForACallbackWithoutTheProvidersSignature() {
    Job job = studio.submitted(Studio.request(), "p1");
    assertThat(studio.does.receive.receive(job.id(), 1, new Callback.Forged("no signature")))
        .isFalse();
    assertThat(studio.now(job)).isEqualTo(job);
    assertThat(studio.tasks()).isEmpty();
  }

  @Test
  void shouldWakeOnceForTheFirstFinalCallback() {
    assertThat(finished("p1")).isTrue();
    assertThat(studio.now(job).status()).isEqualTo(Status.GENERATING);
    assertThat(studio.tasks())
        .containsExactly(new DownloadTask.Collect(job.id(), Optional.of("p1"), 1));

    Job after = studio.now(job);
    assertThat(finished("p1")).as("repeated").isFalse();
    assertThat(studio.now(job)).isEqualTo(after);
    assertThat(studio.tasks()).hasSize(1);
  }

  @Test
  void shouldWakeForEachProviderJob() {
    assertThat(finished("p2")).isTrue();
    assertThat(finished("p1")).isTrue();
    assertThat(studio.tasks())
        .containsExactly(
            new DownloadTask.Collect(job.id(), Optional.of("p2"), 1),
            new DownloadTask.Collect(job.id(), Optional.of("p1"), 1));
  }

  @Test
  void shouldWakeOnceWhereNoProviderJobIsNamed() {
    Callback unnamed = new Callback.Finished(Optional.empty());
    assertThat(studio.does.receive.receive(job.id(), 1, unnamed)).isTrue();
    assertThat(studio.does.receive.receive(job.id(), 1, unnamed)).isFalse();
    assertThat(studio.tasks())
        .containsExactly(new DownloadTask.Collect(job.id(), Optional.empty(), 1));
  }

  @Test
  void shouldWakeOnceOfManyAtOnce() throws Exception {
    assertThat(Race.of(16, _ -> finished("p1"))).containsOnlyOnce(true);
    assertThat(studio.tasks()).hasSize(1);
  }

  @Test
  void shouldKeepTheProgressThatIsFurthest() {
    assertThat(progress(1, 40)).isTrue();
    assertThat(studio.now(job).status()).isEqualTo(Status.GENERATING);
    assertThat(progress(1, 40)).as("repeated").isFalse();
    assertThat(progress(1, 20)).as("reordered").isFalse();
    studio.clock.advance(ProgressPace.PACE);
    assertThat(progress(1, 60)).isTrue();
    assertThat(studio.now(job).progress()).hasValue(60);
    assertThat(studio.queues.messages()).isEmpty();
  }

  @Test
  void shouldWriteProgressOnceASecond() {
    assertThat(progress(1, 10)).isTrue();
    studio.clock.advance(ProgressPace.PACE.minusNanos(1));
    assertThat(progress(1, 20)).as("too soon").isFalse();
    assertThat(studio.now(job).progress()).hasValue(10);
    studio.clock.advance(Duration.ofNanos(1));
    assertThat(progress(1, 30)).isTrue();
    assertThat(studio.now(job).progress()).hasValue(30);

    assertThat(finished("p1")).as("the last one is never held back").isTrue();
  }

  @Test
  void shouldWriteTheProgressOfEachJobAtItsOwnPace() {
    Job other = studio.submitted(Studio.request(), "p3");
    assertThat(progress(1, 10)).isTrue();
    assertThat(studio.does.receive.receive(other.id(), 1, new Callback.Progress(10))).isTrue();
  }

  @Test
  void shouldAskNobodyWhetherARepeatedCallbackIsNews() {
    Writes writes = new Writes(studio.jobs);
    ReceiveCallback receive = new ReceiveCallback(writes, studio.queues, studio.clock);
    for (int percent : new int[] {40, 40, 39}) {
      receive.receive(job.id(), 1, new Callback.Progress(percent));
      studio.clock.advance(Duration.ofHours(1));
    }
    assertThat(writes.number).isEqualTo(1);
  }

  @Test
  void shouldHearOfEachProviderJobWhoseCallHadNoAnswer() {
    Job unsure =
        Job.submitting(
            new JobId("unsure"),
            Studio.ALICE,
            Studio.request(),
            studio.provider.capabilities(),
            true,
            Studio.START,
            SubmitJob.LIFE);
    studio.jobs.insert(unsure);
    assertThat(named(unsure, "p8", 10)).isTrue();
    assertThat(named(unsure, "p9", 20)).as("another one, at once").isTrue();
    assertThat(named(unsure, "p9", 30)).as("the same, at once").isFalse();
    assertThat(studio.tasks())
        .containsExactly(
            new DownloadTask.Adopt(unsure.id(), "p8", 1),
            new DownloadTask.Adopt(unsure.id(), "p9", 1));
    studio.queues.take();

    studio.jobs.apply(unsure.id(), new JobChange.Adopted("p9"), studio.clock.instant());
    studio.clock.advance(ProgressPace.PACE);
    assertThat(named(unsure, "p9", 40)).as("known by now").isTrue();
    assertThat(studio.tasks()).isEmpty();
  }

  @Test
  void shouldRememberOnlySoMany() {
    assertThat(progress(1, 40)).isTrue();
    for (int number = 0; number < ProgressPace.MOST; number++) {
      studio.does.receive.receive(new JobId("other-" + number), 1, new Callback.Progress(1));
    }
    assertThat(progress(1, 50)).as("forgotten, and so written at once").isTrue();
  }

  private boolean named(Job of, String providerJob, int percent) {
    return studio.does.receive.receive(
        of.id(), 1, new Callback.Progress(percent, Optional.of(providerJob)));
  }

  @Test
  void shouldNotGoBackFromStoringForALateCallback() {
    studio.jobs.apply(job.id(), new JobChange.Collected("p1"), studio.clock.instant());
    assertThat(progress(1, 99)).isFalse();
    assertThat(finished("p2")).as("the second song is still awaited").isTrue();
    assertThat(studio.now(job).status()).isEqualTo(Status.STORING);
    assertThat(studio.tasks())
        .containsExactly(new DownloadTask.Collect(job.id(), Optional.of("p2"), 1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"REJECTED", "FAILED", "CANCELLED"})
  void shouldChangeNothingAfterTheEnd(Status end) {
    Reason why = Reasons.cancelled();
    studio.jobs.apply(job.id(), new JobChange.Ended(end, why), studio.clock.instant());
    Job ended = studio.now(job);
    assertThat(finished("p1")).isFalse();
    assertThat(progress(1, 50)).isFalse();
    assertThat(studio.now(job)).isEqualTo(ended);
    assertThat(studio.queues.messages()).isEmpty();
  }

  @Test
  void shouldIgnoreCallbacksOfAnAttemptThatIsOver() {
    // Given a job that failed and was run again
    studio.jobs.apply(
        job.id(), new JobChange.Ended(Status.FAILED, Reasons.noSong("useapi")), Studio.START);
    studio.does.runAgain.run(studio.now(job));
    studio.queues.take();
    Job again = studio.now(job);

    // When its first attempt calls back after all
    assertThat(finished("p1")).isFalse();
    assertThat(progress(1, 50)).isFalse();

    // Then
    assertThat(studio.now(job)).isEqualTo(again);
    assertThat(studio.queues.messages()).isEmpty();
    assertThat(progress(2, 50)).as("the new attempt's").isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 201, 1_000_000})
  void shouldNotRememberAnIdThatCannotBeOne(int length) {
    // It would be written into the job's item, which must stay small.
    assertThat(finished("x".repeat(length))).isTrue();
    assertThat(studio.now(job).woken()).containsExactly(ReceiveCallback.UNNAMED);
    assertThat(finished("x".repeat(length))).as("repeated").isFalse();
    assertThat(studio.tasks())
        .containsExactly(new DownloadTask.Collect(job.id(), Optional.empty(), 1));
  }

  @Test
  void shouldTakeTheLongestId() {
    assertThat(finished("x".repeat(200))).isTrue();
  }

  @Test
  void shouldReadTheJobOnceForABodyThatItCannotRead() {
    assertThat(unreadable(1)).isTrue();
    assertThat(studio.tasks())
        .containsExactly(new DownloadTask.Collect(job.id(), Optional.empty(), 1));
    Job after = studio.now(job);

    for (int i = 0; i < 100; i++) {
      assertThat(unreadable(1)).as("repeated").isFalse();
    }
    assertThat(studio.now(job)).isEqualTo(after);
    assertThat(studio.tasks()).hasSize(1);
  }

  @Test
  void shouldStoreTheSongOfACallbackThatItCannotRead() {
    Studio fresh = new Studio();
    Job waiting = fresh.submitted(Studio.request(Format.MP3), "p7");
    fresh.provider.shows("p7", new Lookup.Finished(List.of(fresh.plain("s7"))));
    fresh.does.receive.receive(waiting.id(), 1, new Callback.Unreadable("it is empty"));
    fresh.download();
    assertThat(fresh.now(waiting).status()).isEqualTo(Status.READY);
    assertThat(fresh.provider.lookedUp()).containsExactly("p7");
  }

  /** While the provider works, unreadable progress callbacks must not lead to a read each. */
  @Test
  void shouldBoundTheReadsOfCallbacksThatItCannotRead() {
    studio.provider.shows("p1", new Lookup.Running(OptionalInt.empty()));
    studio.provider.shows("p2", new Lookup.Running(OptionalInt.empty()));
    for (int i = 0; i < 50; i++) {
      unreadable(1);
    }
    studio.download();
    assertThat(studio.provider.lookedUp()).as("six of each provider job").hasSize(12);
    assertThat(studio.now(job).woken()).as("the next callback is heard").isEmpty();
  }

  @Test
  void shouldIgnoreAnUnreadableCallbackOfAnotherAttempt() {
    assertThat(unreadable(2)).isFalse();
    assertThat(studio.now(job)).isEqualTo(job);
    assertThat(studio.queues.messages()).isEmpty();
  }

  private boolean unreadable(int attempt) {
    return studio.does.receive.receive(
        job.id(), attempt, new Callback.Unreadable("its body is not JSON"));
  }

  @Test
  void shouldIgnoreAJobThatNeverWas() {
    JobId never = new JobId("never-was");
    assertThat(studio.does.receive.receive(never, 1, new Callback.Finished(Optional.of("p1"))))
        .isFalse();
    assertThat(studio.does.receive.receive(never, 1, new Callback.Progress(5))).isFalse();
    assertThat(studio.queues.messages()).isEmpty();
  }

  private boolean finished(String providerJob) {
    return studio.does.receive.receive(
        job.id(), 1, new Callback.Finished(Optional.of(providerJob)));
  }

  private boolean progress(int attempt, int percent) {
    return studio.does.receive.receive(job.id(), attempt, new Callback.Progress(percent));
  }

  /** A store that counts its writes. */
  private static final class Writes implements JobStore {
    private final JobStore store;
    private int number;

    private Writes(JobStore store) {
      this.store = store;
    }

    @Override
    public boolean insert(Job job) {
      return store.insert(job);
    }

    @Override
    public Optional<Job> find(JobId id) {
      return store.find(id);
    }

    @Override
    public List<Job> findAll(Collection<JobId> ids) {
      return store.findAll(ids);
    }

    @Override
    public Optional<Job> apply(JobId id, JobChange change, Instant now) {
      number++;
      return store.apply(id, change, now);
    }

    @Override
    public Page<Job> ofOwner(Owner owner, Filter filter, Page.Request page) {
      return store.ofOwner(owner, filter, page);
    }
  }
}
