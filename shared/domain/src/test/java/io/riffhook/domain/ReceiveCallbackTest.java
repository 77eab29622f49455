package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
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
    assertThat(progress(1, 60)).isTrue();
    assertThat(studio.now(job).progress()).hasValue(60);
    assertThat(studio.queues.messages()).isEmpty();
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
  void shouldIgnoreAnIdThatCannotBeOne(int length) {
    // It would be written into the job's item, which must stay small.
    assertThat(finished("x".repeat(length))).isFalse();
    assertThat(studio.now(job)).isEqualTo(job);
    assertThat(studio.queues.messages()).isEmpty();
  }

  @Test
  void shouldTakeTheLongestId() {
    assertThat(finished("x".repeat(200))).isTrue();
  }

  @Test
  void shouldIgnoreWhatItCannotRead() {
    assertThat(
            studio.does.receive.receive(
                job.id(), 1, new Callback.Unreadable("its body is not JSON")))
        .isFalse();
    assertThat(studio.now(job)).isEqualTo(job);
    assertThat(studio.queues.messages()).isEmpty();
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
}
