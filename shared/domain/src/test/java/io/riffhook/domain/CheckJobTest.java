package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class CheckJobTest {
  private static final Duration OVERDUE = Duration.ofMinutes(6);

  private final Studio studio = new Studio();

  @Test
  void shouldDoNothingButComeBackWhereAllIsWell() {
    // Given a job that a provider with callbacks has just taken
    Job job = studio.submitted(Studio.request(), "p1");
    studio.provider.shows("p1", new Lookup.Running(OptionalInt.empty()));

    // When
    studio.does.check.check(job.id(), 1);

    // Then
    assertThat(studio.now(job).status()).isEqualTo(Status.SUBMITTED);
    assertThat(studio.now(job).checks()).isEqualTo(2);
    assertThat(studio.queues.messages())
        .singleElement()
        .isInstanceOfSatisfying(
            InMemoryQueues.CheckDue.class,
            next -> {
              assertThat(next.number()).isEqualTo(2);
              assertThat(next.delay()).isGreaterThanOrEqualTo(Duration.ofMinutes(6));
            });
  }

  @Test
  void shouldSendTheNextCheckBeforeItsNumberIsWritten() {
    // A crash between the two must leave one message too many, not none.
    Job job = studio.submitted(Studio.request(), "p1");
    Faults faults = new Faults();
    watched(faults).check.check(job.id(), 1);
    assertThat(faults.calls())
        .containsSubsequence("Queues.check", "JobStore.apply")
        .endsWith("Queues.check", "JobStore.apply");
  }

  @Test
  void shouldStartNoSecondChainForARepeatedMessage() {
    Job job = studio.submitted(Studio.request(), "p1");
    studio.does.check.check(job.id(), 1);
    Job after = studio.now(job);
    studio.queues.take();
    studio.does.check.check(job.id(), 1);
    assertThat(studio.queues.messages()).isEmpty();
    assertThat(studio.now(job)).isEqualTo(after);
    assertThat(studio.provider.lookedUp()).hasSize(1);
  }

  @Test
  void shouldGoOnWithTheChainAfterACrash() {
    // Given the next check was sent, and the process died before it wrote the number
    Job job = studio.submitted(Studio.request(), "p1");
    studio.does.check.check(job.id(), 2);
    assertThat(studio.now(job).checks()).isEqualTo(3);
    studio.queues.take();

    // When the message of the crashed check comes again, it is an old one
    studio.does.check.check(job.id(), 1);
    assertThat(studio.queues.messages()).isEmpty();
  }

  @Test
  void shouldEndWithTheJob() {
    Job job = studio.submitted(Studio.request(), "p1");
    studio.does.cancel.cancel(job.id());
    studio.tell();
    studio.does.check.check(job.id(), 1);
    assertThat(studio.queues.messages()).isEmpty();
    assertThat(studio.provider.lookedUp()).isEmpty();
  }

  @Test
  void shouldLookOnceMoreForAJobThatIsNotWrittenYet() {
    // Given a submit function that sent the check and then took its time
    JobId slow = new JobId("slow");
    studio.does.check.check(slow, 1);
    assertThat(studio.queues.take())
        .containsExactly(new InMemoryQueues.CheckDue(slow, 2, Duration.ofSeconds(60)));

    // When it died meanwhile, that is all
    studio.does.check.check(slow, 2);
    assertThat(studio.queues.messages()).isEmpty();
  }

  @Test
  void shouldWatchAJobThatWasWrittenLate() {
    Job job = studio.submitted(Studio.request(), "p1");
    studio.provider.shows("p1", new Lookup.Running(OptionalInt.empty()));
    studio.does.check.check(job.id(), 2);
    assertThat(studio.now(job).checks()).isEqualTo(3);
  }

  @Test
  void shouldLookOnceMoreForAFailedJobThatIsBeingRunAgain() {
    // Given an owner's call that sent the check of the new attempt and did not write it yet
    Job job = studio.submitted(Studio.request(), "p1");
    studio.clock.set(job.deadline());
    studio.does.check.check(job.id(), 1);
    studio.tell();
    studio.queues.take();
    int next = studio.now(job).checks() + 1;
    studio.does.check.check(job.id(), next);
    assertThat(studio.queues.take())
        .containsExactly(new InMemoryQueues.CheckDue(job.id(), next + 1, Duration.ofSeconds(60)));
    studio.does.check.check(job.id(), next + 1);
    assertThat(studio.queues.messages()).isEmpty();
  }

  @Test
  void shouldFailTheJobAtItsDeadline() {
    Job job = studio.submitted(Studio.request(), "p1");
    studio.clock.set(job.deadline());
    studio.does.check.check(job.id(), 1);
    assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
    assertThat(studio.now(job).reason())
        .contains(
            new Reason(
                "deadline-passed",
                "the deadline 2026-11-22T02:25:14Z passed while the job was SUBMITTED"));
    assertThat(studio.queues.messages(InMemoryQueues.NotificationDue.class)).hasSize(1);
    assertThat(studio.provider.lookedUp()).isEmpty();
  }

  @Test
  void shouldWatchAJobThatHasEndedUntilThatIsTold() {
    // Given a job whose end was written, and whose message about it got lost
    Job job = studio.submitted(Studio.request(), "p1");
    studio.does.cancel.cancel(job.id());
    studio.queues.take();
    studio.clock.advance(Duration.ofMinutes(3));

    // When it is checked, the message is sent again, and another check is to see what came of it
    studio.does.check.check(job.id(), 1);
    assertThat(studio.queues.messages(InMemoryQueues.NotificationDue.class))
        .extracting(InMemoryQueues.NotificationDue::task)
        .containsExactly(new NotificationTask.Announce(job.id()));
    assertThat(due()).extracting(InMemoryQueues.CheckDue::number).containsExactly(2);
    assertThat(studio.provider.lookedUp()).isEmpty();

    // Then that one is the last once it is told
    studio.tell();
    studio.queues.take();
    studio.does.check.check(job.id(), 2);
    assertThat(studio.queues.messages()).isEmpty();
  }

  @Test
  void shouldNotSendAgainWhatWasSentJustNow() {
    Job job = studio.submitted(Studio.request(), "p1");
    studio.does.cancel.cancel(job.id());
    studio.queues.take();
    studio.does.check.check(job.id(), 1);
    assertThat(studio.queues.messages(InMemoryQueues.NotificationDue.class)).isEmpty();
    assertThat(due()).hasSize(1);
  }

  @Test
  void shouldComeBackAtTheDeadlineAtTheLatest() {
    Job job = studio.submitted(Studio.request(), "p1");
    studio.clock.set(job.deadline().minusSeconds(7));
    studio.does.check.check(job.id(), 1);
    assertThat(studio.queues.messages().getFirst().delay()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void shouldReachTheDeadlineByItsOwnMessages() {
    // Whatever a provider does not do, the chain alone ends the job, in a bounded number of reads.
    Job job = studio.submitted(Studio.request(), "p1");
    studio.does.check.check(job.id(), 1);
    int checks = 1;
    for (List<InMemoryQueues.CheckDue> due = due(); !due.isEmpty(); due = due()) {
      studio.queues.take();
      studio.clock.advance(due.getFirst().delay());
      studio.does.check.check(job.id(), due.getFirst().number());
      studio.tell();
      checks++;
    }
    assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
    assertThat(studio.now(job).events().getLast().at()).isEqualTo(job.deadline());
    assertThat(checks).isLessThan(120);
  }

  @Test
  void shouldKeepWatchingAJobWhoseProviderIsConfiguredNoMore() {
    // Given a job, and a configuration without its provider
    Job job = studio.submitted(Studio.request(), "p1");
    Studio.UseCases without = studio.with(new Providers(List.of(FakeProvider.named("other"))));

    // When it is checked, twice
    without.check.check(job.id(), 1);
    Job noted = studio.now(job);
    without.check.check(job.id(), 2);

    // Then its owner is told, and the chain goes on
    assertThat(noted.status()).isEqualTo(Status.SUBMITTED);
    assertThat(noted.reason())
        .contains(
            new Reason(
                "provider-unavailable", "useapi cannot be reached: it is not configured any more"));
    assertThat(studio.queues.messages(InMemoryQueues.CheckDue.class))
        .extracting(InMemoryQueues.CheckDue::number)
        .containsExactly(2, 3);

    // And the job goes on once the provider is configured again
    studio.provider.shows("p1", new Lookup.Running(OptionalInt.empty()));
    studio.does.check.check(job.id(), 3);
    assertThat(studio.provider.lookedUp()).hasSize(1);

    // Or it ends at its deadline
    studio.clock.set(job.deadline());
    without.check.check(job.id(), 4);
    assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
  }

  @Nested
  @DisplayName("What was left half done")
  class Repairs {

    @Test
    void shouldSendAnOverdueCallAgain() {
      // Given a call that died with its process
      Job job =
          Job.submitting(
              new JobId("cut-off"),
              Studio.ALICE,
              Studio.request(),
              studio.provider.capabilities(),
              true,
              Studio.START,
              SubmitJob.LIFE);
      studio.jobs.insert(job);

      // When it is checked in time, and after
      studio.clock.advance(Duration.ofMinutes(5));
      studio.does.check.check(job.id(), 1);
      assertThat(studio.queues.messages(InMemoryQueues.SubmissionDue.class)).isEmpty();
      studio.clock.advance(Duration.ofMillis(1));
      studio.does.check.check(job.id(), 2);

      // Then
      assertThat(studio.queues.messages(InMemoryQueues.SubmissionDue.class))
          .containsExactly(new InMemoryQueues.SubmissionDue(job.id(), Duration.ZERO));
    }

    @Test
    void shouldReadAJobWhoseCallbackNeverCame() {
      Job job = studio.submitted(Studio.request(Format.MP3), "p1", "p2");
      studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
      studio.provider.shows("p2", new Lookup.Finished(List.of(studio.plain("s2"))));
      studio.clock.advance(OVERDUE);
      studio.does.check.check(job.id(), 1);
      studio.download();
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
      assertThat(studio.now(job).songs()).hasSize(2);
    }

    @Test
    void shouldReadTheOtherSongOfAJobThatIsBeingStored() {
      Job job = studio.submitted(Studio.request(Format.MP3), "p1", "p2");
      studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
      studio.does.collect.read(job, "p1");
      studio.download();
      studio.provider.shows("p2", new Lookup.Finished(List.of(studio.plain("s2"))));
      studio.does.check.check(job.id(), 1);
      studio.download();
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
      assertThat(studio.provider.lookedUp()).containsExactly("p1", "p2");
    }

    @Test
    void shouldAdoptWhatACallbackNamedWhereTheAnswerNeverCame() {
      Job job = callbackWithoutAnswer(Optional.of("p1"));
      studio.provider.finds(new Provider.Found.NotThere());
      studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
      studio.does.check.check(job.id(), 1);
      studio.download();
      studio.clock.advance(Duration.ofMinutes(10));
      studio.does.check.check(job.id(), 2);
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
      assertThat(studio.now(job).providerJobs()).containsExactly("p1");
    }

    @Test
    void shouldEndAJobAtTheEndOfTheSilence() {
      // Given a call whose answer was lost, and a callback that named all that it made
      Job job = callbackWithoutAnswer(Optional.of("p1"));
      studio.provider.finds(new Provider.Found.NotThere());
      studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
      studio.does.collect.run(new DownloadTask.Collect(job.id(), Optional.of("p1"), 4));
      studio.download();
      assertThat(studio.now(job).storedSongs()).containsExactly(1);
      assertThat(studio.now(job).status()).isEqualTo(Status.STORING);

      // When its checks come in time
      studio.clock.advance(Duration.ofMinutes(3));
      int number = 1;
      while (studio.now(job).status() == Status.STORING) {
        studio.does.check.check(job.id(), number++);
        studio.clock.advance(due().getFirst().delay());
        studio.queues.take();
      }

      // Then it is ready when nobody can call any more, and not at some later check
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
      assertThat(studio.now(job).updatedAt())
          .isBetween(
              Studio.START.plus(Duration.ofMinutes(10)),
              Studio.START.plus(Duration.ofMinutes(10)).plusSeconds(1));
    }

    @Test
    void shouldAdoptNothingWhereTheCallbackNamedNothing() {
      // Its stand-in is no id: asking the provider for it would hold the job up to its deadline.
      Job job = callbackWithoutAnswer(Optional.empty());
      studio.provider.finds(new Provider.Found.NotThere());
      studio.does.check.check(job.id(), 1);
      studio.download();
      assertThat(studio.now(job).providerJobs()).isEmpty();
      assertThat(studio.provider.lookedUp()).isEmpty();
    }

    @Test
    void shouldSendAssetMessagesAgainThatWereLost() {
      Job job = studio.submitted(Studio.request(Format.MP3), "p1");
      studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
      studio.does.collect.read(job, "p1");
      List<DownloadTask> lost = studio.tasks();
      studio.queues.take();

      // A download that is under way is left alone; one that is overdue is not.
      studio.does.check.check(job.id(), 1);
      assertThat(studio.tasks()).isEmpty();
      studio.clock.advance(OVERDUE);
      studio.does.check.check(job.id(), 2);
      assertThat(studio.tasks()).isEqualTo(lost);
      studio.download();
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
    }

    @Test
    void shouldFinishASongThatNobodyFinished() {
      Job job = studio.submitted(Studio.request(Format.MP3), "p1");
      studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
      studio.does.collect.read(job, "p1");
      studio.queues.take();
      settle(studio.song(job), studio.clock.instant());
      studio.clock.advance(OVERDUE);
      studio.does.check.check(job.id(), 1);
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
      assertThat(studio.song(job).asset(Asset.METADATA).orElseThrow().isSettled()).isTrue();
    }

    @Test
    void shouldFinishASongWhoseProviderIsConfiguredNoMore() {
      // Its bytes are all there; a song that still lacks some waits, and asks nobody.
      Job whole = studio.submitted(Studio.request(Format.MP3), "p1");
      studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
      studio.does.collect.read(whole, "p1");
      settle(studio.song(whole), studio.clock.instant());
      Job lacking = studio.submitted(Studio.request(Format.MP3), "p2");
      studio.provider.shows("p2", new Lookup.Finished(List.of(studio.plain("s2"))));
      studio.does.collect.read(lacking, "p2");
      studio.queues.take();
      List<String> asked = studio.provider.lookedUp();

      studio.clock.advance(OVERDUE);
      Studio.UseCases without = studio.with(new Providers(List.of()));
      without.check.check(whole.id(), 1);
      without.check.check(lacking.id(), 1);

      assertThat(studio.now(whole).status()).isEqualTo(Status.READY);
      assertThat(studio.now(lacking).status()).isEqualTo(Status.STORING);
      assertThat(studio.tasks()).isEmpty();
      assertThat(studio.provider.lookedUp()).isEqualTo(asked);
    }

    @Test
    void shouldEndAJobWhoseSongsAreAllStored() {
      Job job = studio.submitted(Studio.request(Format.MP3), "p1");
      studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
      studio.does.collect.read(job, "p1");
      studio.queues.take();
      settle(studio.song(job), studio.clock.instant());
      studio.jobs.apply(job.id(), new JobChange.SongStored(1), studio.clock.instant());
      studio.does.check.check(job.id(), 1);
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
    }

    @Test
    void shouldEndAJobWhoseOnlyProviderJobFailed() {
      Job job = studio.submitted(Studio.request(Format.MP3), "p1");
      studio.provider.shows(
          "p1", new Lookup.Failed(Reasons.generationFailed("useapi", "its status is failed")));
      studio.does.check.check(job.id(), 1);
      assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldEndAJobWhoseFailureWasWrittenAndItsEndWasNot() {
      // The process died between writing that the last provider job gave no song and the end.
      Job job = studio.submitted(Studio.request(Format.MP3), "p1");
      Reason why = Reasons.generationFailed("useapi", "its status is failed");
      studio.jobs.apply(job.id(), new JobChange.GaveNoSong("p1", why), studio.clock.instant());
      studio.does.check.check(job.id(), 1);
      assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
      assertThat(studio.now(job).reason()).contains(why);
    }

    private Job callbackWithoutAnswer(Optional<String> providerJob) {
      Job job =
          Job.submitting(
              new JobId("unanswered"),
              Studio.ALICE,
              Studio.request(Format.MP3),
              studio.provider.capabilities(),
              true,
              Studio.START,
              SubmitJob.LIFE);
      studio.jobs.insert(job);
      studio.does.receive.receive(job.id(), 1, new Callback.Finished(providerJob));
      studio.queues.take();
      return job;
    }

    private void settle(Song song, Instant now) {
      studio.songs.apply(
          song.id(),
          new SongChange.Settled(
              "song.mp3", new Asset.Stored(new StoredFile("audio/mpeg", 1, "00"))),
          now);
    }
  }

  @Test
  void shouldAskOftenWhereNobodyCallsBack() {
    var does =
        new Studio.UseCases(
            new Studio.Ports(
                studio.jobs,
                studio.songs,
                studio.assets,
                studio.queues,
                new Providers(List.of(studio.provider))),
            new CallbackUrls(Optional.empty(), () -> studio.tokens),
            studio.clock);
    studio.provider.submits(new SubmitOutcome.Accepted(List.of("p1"), Optional.empty()));
    JobId id = new JobId("polled");
    does.submit.submit(Studio.ALICE, Studio.request(), Optional.of(id));
    studio.queues.take();
    does.check.check(id, 1);
    assertThat(studio.queues.messages().getFirst().delay())
        .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
  }

  private List<InMemoryQueues.CheckDue> due() {
    return studio.queues.messages(InMemoryQueues.CheckDue.class);
  }

  private Studio.UseCases watched(Faults faults) {
    return new Studio.UseCases(
        new Studio.Ports(
            faults.around(JobStore.class, studio.jobs),
            faults.around(SongStore.class, studio.songs),
            studio.assets,
            faults.around(Queues.class, studio.queues),
            new Providers(List.of(studio.provider))),
        new CallbackUrls(Optional.empty(), () -> studio.tokens),
        studio.clock);
  }
}
