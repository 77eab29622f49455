package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class CollectSongsTest {
  private static final Reason FAILED = Reasons.generationFailed("useapi", "its status is failed");

  private final Studio studio = new Studio();

  @Test
  void shouldFetchASongThatIsDoneBeforeTheOthers() {
    Job job = studio.submitted(Studio.request(), "p1");
    ProviderSong first = studio.plain("riff-1");
    ProviderSong second = studio.plain("riff-2");
    studio.provider.shows(
        "p1",
        new Lookup.Running(OptionalInt.of(60), List.of(first)),
        new Lookup.Running(OptionalInt.of(70), List.of(first)),
        new Lookup.Finished(List.of(first, second)));

    studio.does.collect.read(studio.now(job), "p1");
    assertThat(studio.tasks())
        .containsExactly(
            new DownloadTask.Store(
                new SongId(job.id(), 1), "song.mp3", Studio.source("riff-1", Format.MP3), 1));
    studio.download();
    assertThat(studio.now(job).status()).isEqualTo(Status.GENERATING);
    assertThat(studio.now(job).storedSongs()).containsExactly(1);

    // When it is still not finished, nothing is fetched again; then the rest follows
    studio.does.collect.read(studio.now(job), "p1");
    assertThat(studio.tasks()).isEmpty();
    studio.does.collect.read(studio.now(job), "p1");
    studio.download();
    assertThat(studio.now(job).status()).isEqualTo(Status.READY);
    assertThat(studio.now(job).songs()).hasSize(2);
  }

  @Test
  void shouldWriteDownAFinishedSongAndHaveItsAssetsFetched() {
    // Given
    Job job = studio.submitted(Studio.request(Format.MP3, Format.WAV), "p1");
    studio.provider.shows("p1", new Lookup.Finished(List.of(studio.finished("s1"))));

    // When
    collect(job, "p1", 1);

    // Then
    assertThat(studio.now(job).status()).isEqualTo(Status.STORING);
    assertThat(studio.now(job).collected()).containsExactly("p1");
    Song song = studio.song(job);
    assertThat(song.title()).isEqualTo("Paper Boats");
    assertThat(song.providerJob()).isEqualTo("p1");
    assertThat(song.providerSong()).isEqualTo("s1");
    assertThat(studio.tasks())
        .containsExactlyInAnyOrder(
            new DownloadTask.Store(song.id(), "song.mp3", Studio.source("s1", Format.MP3), 1),
            new DownloadTask.Store(song.id(), "song.wav", Studio.source("s1", Format.WAV), 1),
            new DownloadTask.Store(song.id(), Asset.COVER, Studio.cover("s1"), 1));
  }

  @Test
  void shouldTakeNoMoreSongsThanAJobHasRoomFor() {
    Job job = studio.submitted(Studio.request(Format.MP3), "p1");
    List<ProviderSong> many = new ArrayList<>();
    many.add(studio.plain("x".repeat(1_001)));
    IntStream.rangeClosed(1, 17).forEach(number -> many.add(studio.plain("s" + number)));
    studio.provider.shows("p1", new Lookup.Finished(many));
    collect(job, "p1", 1);
    assertThat(studio.now(job).songNumbers()).hasSize(16).containsKeys("s1", "s16");
  }

  @Test
  void shouldReadWithTheAccountThatDoesTheJob() {
    Job job = studio.submitted(Studio.request(), "p1");
    collect(job, "p1", 1);
    assertThat(studio.provider.accounts()).containsExactly(Optional.of("account-1"));
  }

  @Test
  void shouldReadEachProviderJobOnce() {
    // Given a job that was collected already
    Job job = studio.submitted(Studio.request(Format.MP3), "p1");
    studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
    collect(job, "p1", 1);
    studio.queues.take();

    // When its message comes again
    collect(job, "p1", 1);

    // Then
    assertThat(studio.provider.lookedUp()).containsExactly("p1");
    assertThat(studio.tasks()).isEmpty();
  }

  @Test
  void shouldReadAllProviderJobsWhereTheCallbackNamedNone() {
    Job job = studio.submitted(Studio.request(Format.MP3), "p1", "p2");
    studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
    studio.provider.shows("p2", new Lookup.Finished(List.of(studio.plain("s2"))));
    studio.does.collect.run(new DownloadTask.Collect(job.id(), Optional.empty(), 1));
    assertThat(studio.now(job).songNumbers())
        .containsExactly(Map.entry("s1", 1), Map.entry("s2", 2));
  }

  @Test
  void shouldReadAllProviderJobsWhereTheCallbackNamedAnother() {
    // Some providers name the song and not the job; the token says whose it is.
    Job job = studio.submitted(Studio.request(Format.MP3), "p1");
    studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
    collect(job, "s1", 1);
    assertThat(studio.provider.lookedUp()).containsExactly("p1");
    assertThat(studio.now(job).status()).isEqualTo(Status.STORING);
  }

  @Test
  void shouldReadNothingForAJobThatHasEnded() {
    Job job = studio.submitted(Studio.request(), "p1");
    studio.does.cancel.cancel(job.id());
    collect(job, "p1", 1);
    studio.does.collect.run(new DownloadTask.Collect(new JobId("never-was"), Optional.empty(), 1));
    assertThat(studio.provider.lookedUp()).isEmpty();
    assertThat(studio.tasks()).isEmpty();
  }

  @Test
  void shouldWriteNothingWhereTheJobEndsDuringTheRead() {
    Job job = studio.submitted(Studio.request(Format.MP3), "p1");
    studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
    Job stale = studio.now(job);
    studio.does.cancel.cancel(job.id());

    assertThat(studio.does.collect.read(stale, "p1")).isTrue();

    assertThat(studio.songs.all()).isEmpty();
    assertThat(studio.tasks()).isEmpty();
    assertThat(studio.now(job).status()).isEqualTo(Status.CANCELLED);
  }

  @Nested
  @DisplayName("A callback that came too early")
  class TooEarly {

    @Test
    void shouldBeFollowedByAFewReadsAndThenForgotten() {
      // Given a provider that calls and has nothing to show
      Job job = studio.submitted(Studio.request(), "p1");
      studio.provider.shows("p1", new Lookup.Running(OptionalInt.of(40)));
      studio.does.receive.receive(job.id(), 1, new Callback.Finished(Optional.of("p1")));

      // When
      studio.download();

      // Then it was read six times, and the next callback wakes again
      assertThat(studio.provider.lookedUp()).hasSize(6).containsOnly("p1");
      assertThat(studio.now(job).woken()).isEmpty();
      assertThat(studio.now(job).progress()).hasValue(40);
      assertThat(studio.does.receive.receive(job.id(), 1, new Callback.Finished(Optional.of("p1"))))
          .isTrue();
    }

    @Test
    void shouldWaitLongerBeforeEachRead() {
      Job job = studio.submitted(Studio.request(), "p1");
      studio.provider.shows("p1", new Lookup.Running(OptionalInt.empty()));
      Duration last = Duration.ZERO;
      for (int attempt = 1; attempt < 6; attempt++) {
        collect(job, "p1", attempt);
        assertThat(studio.tasks())
            .containsExactly(new DownloadTask.Collect(job.id(), Optional.of("p1"), attempt + 1));
        Duration delay = studio.queues.take().getFirst().delay();
        assertThat(delay).isGreaterThan(last);
        last = delay;
      }
    }

    @Test
    void shouldWakeAgainUnnamedAfterItWasForgotten() {
      // A provider that never names its job must be able to call a second time, too.
      Job job = studio.submitted(Studio.request(), "p1");
      Callback unnamed = new Callback.Finished(Optional.empty());
      studio.provider.shows("p1", new Lookup.Running(OptionalInt.empty()));
      studio.does.receive.receive(job.id(), 1, unnamed);
      studio.download();
      assertThat(studio.does.receive.receive(job.id(), 1, unnamed)).isTrue();
    }
  }

  @Test
  void shouldTryAgainWhereTheProviderCannotBeReadNow() {
    Job job = studio.submitted(Studio.request(), "p1");
    studio.provider.shows("p1", new Lookup.NotNow(Reasons.unavailable("useapi", "HTTP 503")));
    collect(job, "p1", 1);
    assertThat(studio.tasks())
        .containsExactly(new DownloadTask.Collect(job.id(), Optional.of("p1"), 2));
    assertThat(studio.now(job)).as("an outage says nothing of the job").isEqualTo(job);
  }

  @Test
  void shouldTryAgainWhereTheProviderDoesNotKnowItsJob() {
    Job job = studio.submitted(Studio.request(), "p1");
    studio.provider.shows("p1", new Lookup.Unheard("no song in the answer"));
    collect(job, "p1", 1);
    assertThat(studio.tasks()).hasSize(1);
    assertThat(studio.now(job)).isEqualTo(job);
  }

  @Test
  void shouldTellTheOwnerWhatKeepsItsSongFromBeingRead() {
    Reason denied = Reasons.unauthorized("useapi", "USEAPI_TOKEN");
    Job job = studio.submitted(Studio.request(), "p1");
    studio.provider.shows("p1", new Lookup.Denied(denied));
    collect(job, "p1", 1);
    assertThat(studio.now(job).status()).isEqualTo(Status.SUBMITTED);
    assertThat(studio.now(job).reason()).contains(denied);
    assertThat(studio.tasks()).hasSize(1);
  }

  @Nested
  @DisplayName("A provider job that failed")
  class Failed {

    @Test
    void shouldFailTheJobWhereItWasTheOnlyOne() {
      Job job = studio.submitted(Studio.request(), "p1");
      studio.provider.shows("p1", new Lookup.Failed(FAILED));
      collect(job, "p1", 1);
      assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
      assertThat(studio.now(job).reason()).contains(FAILED);
      assertThat(studio.tasks()).isEmpty();
    }

    @Test
    void shouldWaitForTheOther() {
      Job job = studio.submitted(Studio.request(Format.MP3), "p1", "p2");
      studio.provider.shows("p1", new Lookup.Failed(FAILED));
      collect(job, "p1", 1);
      assertThat(studio.now(job).status()).isEqualTo(Status.SUBMITTED);

      studio.provider.shows("p2", new Lookup.Finished(List.of(studio.plain("s2"))));
      collect(job, "p2", 1);
      studio.download();
      assertReadyWithOneSong(job);
    }

    @Test
    void shouldNotHoldUpTheSongThatIsThere() {
      Job job = studio.submitted(Studio.request(Format.MP3), "p1", "p2");
      studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
      studio.provider.shows("p2", new Lookup.Failed(FAILED));
      collect(job, "p1", 1);
      studio.download();
      assertThat(studio.now(job).status()).as("the other is unread").isEqualTo(Status.STORING);

      collect(job, "p2", 1);
      assertReadyWithOneSong(job);
    }

    @Test
    void shouldFailTheJobWhereTheOtherFailedToo() {
      Job job = studio.submitted(Studio.request(), "p1", "p2");
      studio.provider.shows("p1", new Lookup.Failed(FAILED));
      studio.provider.shows("p2", new Lookup.Failed(FAILED));
      collect(job, "p1", 1);
      collect(job, "p2", 1);
      assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldRejectTheJobWhereModerationTookTheSong() {
      Reason moderated = Reasons.moderated("useapi", "lyrics");
      Job job = studio.submitted(Studio.request(), "p1");
      studio.provider.shows("p1", new Lookup.Failed(moderated));
      collect(job, "p1", 1);
      assertThat(studio.now(job).status()).isEqualTo(Status.REJECTED);
      assertThat(studio.now(job).reason()).contains(moderated);
    }

    private void assertReadyWithOneSong(Job job) {
      Job ready = studio.now(job);
      assertThat(ready.status()).isEqualTo(Status.READY);
      assertThat(ready.songs()).hasSize(1);
      assertThat(ready.reason()).as("the owner is told of the other").contains(FAILED);
    }
  }

  @Nested
  @DisplayName("A callback that overtook the provider's own answer")
  class Overtaking {

    @Test
    void shouldWaitForTheAnswer() {
      // Given the call is still under way
      Job job = called();
      studio.does.receive.receive(job.id(), 1, new Callback.Finished(Optional.of("p1")));
      DownloadTask first = studio.tasks().getFirst();
      studio.queues.take();

      // When
      Studio.run(studio.does, first);

      // Then
      assertThat(studio.provider.lookedUp()).isEmpty();
      assertThat(studio.tasks())
          .containsExactly(new DownloadTask.Collect(job.id(), Optional.of("p1"), 2));
      assertThat(studio.now(job).providerJobs()).isEmpty();
    }

    @Test
    void shouldBeTakenAtItsWordWhereTheAnswerNeverComes() {
      Job job = called();
      studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
      studio.does.receive.receive(job.id(), 1, new Callback.Finished(Optional.of("p1")));
      studio.download();
      assertThat(studio.now(job).providerJobs()).containsExactly("p1");
      assertThat(studio.now(job).storedSongs()).containsExactly(1);
      assertThat(studio.now(job).status()).as("another may call").isEqualTo(Status.STORING);
      assertReadyAfterSilence(job);
      assertThat(studio.provider.orders()).as("nothing is bought for it").isEmpty();
    }

    @Test
    void shouldBeTakenAtItsWordForProgress() {
      // The final callback may never come.
      Job job = called();
      studio.provider.shows("p1", new Lookup.Running(OptionalInt.of(40)));
      studio.does.receive.receive(job.id(), 1, new Callback.Progress(40, Optional.of("p1")));
      studio.download();
      assertThat(studio.now(job).providerJobs()).containsExactly("p1");
      assertThat(studio.provider.lookedUp()).as("one read, although it runs").hasSize(1);
    }

    @Test
    void shouldNotReadForProgressIfTheAnswerComes() {
      Job job = called();
      for (int percent : new int[] {10, 20, 30}) {
        studio.does.receive.receive(job.id(), 1, new Callback.Progress(percent, Optional.of("p1")));
        studio.clock.advance(ProgressPace.PACE);
      }
      studio.jobs.apply(
          job.id(),
          new JobChange.AcceptedLate(List.of("p1"), Optional.empty(), Studio.START),
          Studio.START);
      studio.download();
      assertThat(studio.provider.lookedUp()).isEmpty();
      assertThat(studio.tasks()).isEmpty();
    }

    @Test
    void shouldReadOnceForManyProgressCallbacks() {
      Job job = called();
      studio.provider.shows("p1", new Lookup.Running(OptionalInt.of(40)));
      for (int percent : new int[] {10, 20, 30}) {
        studio.does.receive.receive(job.id(), 1, new Callback.Progress(percent, Optional.of("p1")));
        studio.clock.advance(ProgressPace.PACE);
      }
      assertThat(studio.tasks()).hasSize(3);
      studio.download();
      assertThat(studio.provider.lookedUp()).hasSize(1);
    }

    @Test
    void shouldTakeASongThatProgressNamedIfItIsFinishedByThen() {
      Job job = called();
      studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
      studio.does.receive.receive(job.id(), 1, new Callback.Progress(40, Optional.of("p1")));
      studio.download();
      assertThat(studio.now(job).storedSongs()).containsExactly(1);
    }

    @Test
    void shouldNotAdoptWhatTheProviderDoesNotKnow() {
      Job job = called();
      studio.provider.shows("p1", new Lookup.Unheard("no song in the answer"));
      studio.does.receive.receive(job.id(), 1, new Callback.Progress(40, Optional.of("p1")));
      studio.download();
      assertThat(studio.now(job).providerJobs()).isEmpty();
      assertThat(studio.provider.lookedUp()).hasSize(1);
    }

    @Test
    void shouldNotBeTakenAtItsWordWhereItLeadsNowhere() {
      // A name that the provider does not know would keep the job waiting for ever.
      Job job = called();
      studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
      studio.does.receive.receive(job.id(), 1, new Callback.Finished(Optional.of("p1")));
      studio.does.receive.receive(job.id(), 1, new Callback.Finished(Optional.of("p2")));
      studio.download();
      assertThat(studio.now(job).providerJobs()).containsExactly("p1");
      assertThat(studio.now(job).woken()).as("asked about again later").contains("p2");
      studio.clock.advance(Duration.ofMinutes(59));
      studio.does.finish.conclude(studio.now(job));
      assertThat(studio.now(job).status()).isEqualTo(Status.STORING);
      studio.clock.advance(Duration.ofMinutes(1));
      studio.does.finish.conclude(studio.now(job));
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
    }

    @Test
    void shouldAskWhatIsRunningWhereItNamesNothing() {
      Job job = called();
      studio.provider.finds(new Provider.Found.There(List.of("p1"), Optional.of("account-1")));
      studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
      studio.does.receive.receive(job.id(), 1, new Callback.Finished(Optional.empty()));
      studio.download();
      assertThat(studio.now(job).providerJobs()).containsExactly("p1");
      assertReadyAfterSilence(job);
    }

    private void assertReadyAfterSilence(Job job) {
      studio.provider.finds(new Provider.Found.NotThere());
      studio.does.check.check(job.id(), 1);
      studio.download();
      studio.clock.advance(Duration.ofMinutes(10));
      studio.does.check.check(job.id(), 2);
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
    }

    @Test
    void shouldWaitWhereItNamesNothingAndNothingIsKnown() {
      Job job = called();
      studio.provider.finds(new Provider.Found.NotThere());
      studio.does.receive.receive(job.id(), 1, new Callback.Finished(Optional.empty()));
      studio.download();
      assertThat(studio.provider.lookedUp()).isEmpty();
      assertThat(studio.now(job).providerJobs()).isEmpty();
      assertThat(studio.now(job).status()).isEqualTo(Status.GENERATING);
    }

    @Test
    void shouldNotAdoptWhatTheAnswerNamedMeanwhile() {
      Job job = called();
      Job stale = studio.now(job);
      studio.jobs.apply(
          job.id(),
          new JobChange.Accepted(List.of("p2"), Optional.empty(), Studio.START),
          Studio.START);
      assertThat(studio.jobs.apply(stale.id(), new JobChange.Adopted("p1"), Studio.START))
          .isEmpty();
      assertThat(studio.now(job).providerJobs()).containsExactly("p2");
    }

    private Job called() {
      Job job =
          Job.submitting(
              new JobId("called"),
              Studio.ALICE,
              Studio.request(Format.MP3),
              studio.provider.capabilities(),
              true,
              Studio.START,
              SubmitJob.LIFE);
      studio.jobs.insert(job);
      return job;
    }
  }

  private void collect(Job job, String providerJob, int attempt) {
    studio.does.collect.run(new DownloadTask.Collect(job.id(), Optional.of(providerJob), attempt));
  }
}
