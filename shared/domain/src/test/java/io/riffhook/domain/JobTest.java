package io.riffhook.domain;

import static io.riffhook.domain.JobCases.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class JobTest {
  private static final Reason WHY = Reasons.generationFailed("useapi", "its status is failed");
  private static final Duration SILENCE = Duration.ofMinutes(10);
  private static final Job FRESH = JobCases.fresh(new Owner("owner"), T0);

  @Test
  void shouldBeginWithItsFirstCallClaimed() {
    assertThat(FRESH.status()).isEqualTo(Status.QUEUED);
    assertThat(FRESH.submission()).isEqualTo(new Submission.InFlight(T0));
    assertThat(FRESH.calls()).isEqualTo(1);
    assertThat(FRESH.checks()).isEqualTo(1);
    assertThat(FRESH.attempt()).isEqualTo(1);
    assertThat(FRESH.deadline()).isEqualTo(T0.plus(Duration.ofHours(2)));
    assertThat(FRESH.formats()).isEqualTo(Set.of(Format.MP3, Format.STEMS));
  }

  @Test
  void shouldStoreTheProvidersAudioWhereNoFormatIsAskedFor() {
    // Stems cost the provider extra work: they come only to those who name them.
    Job job =
        Job.submitting(
            new JobId("j"),
            new Owner("owner"),
            Studio.request(),
            FakeProvider.named("useapi").capabilities(),
            true,
            T0,
            Duration.ofHours(1));
    assertThat(job.formats()).isEqualTo(EnumSet.of(Format.MP3, Format.WAV, Format.M4A));
  }

  @Test
  void shouldNumberItsSongsFromOne() {
    Job job = storing().songs(Map.of("b", 1, "a", 2)).job();
    assertThat(job.songs()).containsExactly(new SongId(job.id(), 1), new SongId(job.id(), 2));
  }

  @Test
  void shouldKnowWhatIsUncollectedInTheProvidersOrder() {
    Job job = storing().providerJobs("p3", "p1", "p2").collected("p1").job();
    assertThat(job.uncollected()).containsExactly("p3", "p2");
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"READY", "REJECTED", "FAILED", "CANCELLED"})
  void shouldNotEndTwice(Status ended) {
    assertThat(conclusion(new JobDraft(allStored().job(), ended))).isEmpty();
  }

  @Test
  void shouldBeReadyOnceEverySongIsStored() {
    assertThat(conclusion(allStored())).contains(new JobChange.Ready());
  }

  @Test
  void shouldBeReadyWithTheSongItGotWhereAnotherFailed() {
    assertThat(conclusion(allStored().reason(WHY))).contains(new JobChange.Ready());
  }

  @Test
  void shouldGoOnWhileThereIsSomethingToDo() {
    assertThat(conclusion(allStored().providerJobs())).as("nothing bought").isEmpty();
    assertThat(conclusion(allStored().collected("p1"))).as("one unread").isEmpty();
    assertThat(conclusion(allStored().stored(2))).as("one song not stored").isEmpty();
  }

  @Test
  void shouldFailWithoutASong() {
    JobDraft none = storing().providerJobs("p1").collected("p1");
    assertThat(conclusion(none))
        .contains(new JobChange.Ended(Status.FAILED, Reasons.noSong("useapi")));
    assertThat(conclusion(none.reason(WHY))).contains(new JobChange.Ended(Status.FAILED, WHY));
  }

  @Test
  void shouldBeRejectedWhereModerationTookTheSong() {
    Reason moderated = Reasons.moderated("useapi", "lyrics");
    JobDraft none = storing().providerJobs("p1").collected("p1").reason(moderated);
    assertThat(conclusion(none)).contains(new JobChange.Ended(Status.REJECTED, moderated));
  }

  @Test
  void shouldNotBeChangedFromOutside() {
    Job job = allStored().job();
    assertThat(List.of(job.formats(), job.woken(), job.collected(), job.storedSongs()))
        .allSatisfy(
            set ->
                assertThatThrownBy(set::clear).isInstanceOf(UnsupportedOperationException.class));
    assertThatThrownBy(() -> job.songNumbers().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  /** Long after the call. */
  private static Optional<JobChange> conclusion(JobDraft draft) {
    return draft.job().conclusion(T0.plus(Duration.ofDays(1)), SILENCE);
  }

  private static Optional<JobChange> conclusion(JobDraft draft, Duration after) {
    return draft.job().conclusion(T0.plus(after), SILENCE);
  }

  @Test
  void shouldWaitForMoreCallbacksWhereTheAnswerWasLost() {
    JobDraft lost = allStored().submission(new Submission.Unknown(T0)).unknowns(1);
    assertThat(conclusion(lost, Duration.ofMinutes(9))).isEmpty();
    assertThat(conclusion(lost, Duration.ofMinutes(10))).contains(new JobChange.Ready());
  }

  @Test
  void shouldWaitForMoreCallbacksWhereTheAnswerIsAListOfWhatRuns() {
    JobDraft found = allStored().submission(new Submission.Accepted(T0)).unknowns(1);
    assertThat(conclusion(found, Duration.ofMinutes(9))).isEmpty();
    assertThat(conclusion(found, Duration.ofMinutes(10))).contains(new JobChange.Ready());
  }

  @Test
  void shouldWaitLongerForAJobThatTheProviderCalledBy() {
    JobDraft lost = allStored().submission(new Submission.Unknown(T0)).woken("p1", "p3");
    assertThat(conclusion(lost, Duration.ofMinutes(59))).isEmpty();
    assertThat(conclusion(lost, Duration.ofMinutes(60))).contains(new JobChange.Ready());
  }

  @Test
  void shouldWaitForNothingWhereNobodyCallsOrTheAnswerNamedAll() {
    JobDraft silent =
        allStored().submission(new Submission.Unknown(T0)).unknowns(1).callbacks(false);
    assertThat(conclusion(silent, Duration.ZERO)).contains(new JobChange.Ready());
    JobDraft answered = allStored().submission(new Submission.Accepted(T0)).woken("p9");
    assertThat(conclusion(answered, Duration.ZERO)).contains(new JobChange.Ready());
  }

  private static JobDraft storing() {
    return new JobDraft(FRESH, Status.STORING);
  }

  private static JobDraft allStored() {
    return storing()
        .providerJobs("p1", "p2")
        .collected("p1", "p2")
        .songs(Map.of("s1", 1, "s2", 2))
        .stored(1, 2);
  }
}
