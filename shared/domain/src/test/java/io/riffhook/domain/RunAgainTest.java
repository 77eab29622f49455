package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RunAgainTest {
  private final Studio studio = new Studio();

  @Test
  void shouldSubmitAJobAnewThatBoughtNothing() {
    // Given
    studio.provider.submits(
        new SubmitOutcome.Refused(Reasons.unauthorized("useapi", "USEAPI_TOKEN")),
        new SubmitOutcome.Accepted(List.of("p2"), Optional.empty()));
    Job failed = studio.submittedAs(Studio.request());
    studio.queues.take();
    studio.clock.advance(Duration.ofDays(3));

    // When
    Job again = studio.again(failed);

    // Then
    assertThat(again.id()).isEqualTo(failed.id());
    assertThat(again.status()).isEqualTo(Status.QUEUED);
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.deadline()).isEqualTo(studio.clock.instant().plus(SubmitJob.LIFE));
    assertThat(again.reason()).isEmpty();
    assertThat(studio.queues.messages(InMemoryQueues.SubmissionDue.class)).hasSize(1);
    studio.does.call.resume(again.id());
    assertThat(studio.now(again).status()).isEqualTo(Status.SUBMITTED);
    assertThat(studio.provider.orders()).hasSize(2);
    assertThat(studio.provider.orders().getLast().callback())
        .as("the new attempt's token")
        .isNotEqualTo(studio.provider.orders().getFirst().callback());
  }

  @Test
  void shouldTakeUpAJobThatHasItsSongWithoutBuyingAnother() {
    // Given a job whose MP3 could not be had
    Job job = studio.submitted(Studio.request(Format.MP3, Format.WAV), "p1");
    studio.provider.shows("p1", new Lookup.Finished(List.of(studio.finished("s1"))));
    studio.provider.opens(Studio.source("s1", Format.MP3), FakeProvider.gone());
    studio.does.collect.read(job, "p1");
    studio.download();
    Job failed = studio.now(job);
    assertThat(failed.status()).isEqualTo(Status.FAILED);
    int before = studio.provider.opened().size();

    // When it can be had again
    studio.provider.opens(Studio.source("s1", Format.MP3), FakeProvider.bytes(Studio.MP3));
    Job again = studio.again(failed);
    assertThat(again.status()).isEqualTo(Status.STORING);
    studio.download();

    // Then
    assertThat(studio.now(job).status()).isEqualTo(Status.READY);
    assertThat(studio.now(job).attempt()).isEqualTo(2);
    assertThat(studio.provider.orders()).as("bought once").hasSize(1);
    assertThat(studio.provider.opened().subList(before, studio.provider.opened().size()))
        .as("only what failed is fetched again")
        .containsExactly(Studio.source("s1", Format.MP3));
    assertThat(studio.song(job).assets()).allMatch(asset -> asset.file().isPresent());
  }

  @Test
  void shouldFailAgainAsSoonAsTheProviderWasReadIfItHasNoLinkStill() {
    // Given a job whose M4A the provider had no link for
    Job job = studio.submitted(Studio.request(Format.M4A), "p1");
    studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
    studio.does.collect.read(job, "p1");
    studio.download();
    Job failed = studio.now(job);
    assertThat(failed.status()).isEqualTo(Status.FAILED);

    // When it is run again and the provider still has none
    studio.again(failed);
    studio.download();

    // Then
    assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
    assertThat(studio.now(job).attempt()).isEqualTo(2);
    assertThat(studio.now(job).reason())
        .contains(Reasons.assetFailed("song.m4a", "the provider has none"));
  }

  @Test
  void shouldFetchTheLinkThatThereIsNow() {
    Job job = studio.submitted(Studio.request(Format.M4A), "p1");
    studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
    studio.does.collect.read(job, "p1");
    AssetSource link = Studio.link("https://files.example/song.m4a");
    studio.provider.opens(link, FakeProvider.bytes("\0\0\0\30ftypM4A ...."));
    studio.provider.shows(
        "p1",
        new Lookup.Finished(
            List.of(Studio.song("s1", Map.of(Format.M4A, link), Optional.empty()))));

    Job again = studio.again(studio.now(job));
    studio.queues.take(InMemoryQueues.CheckDue.class);
    studio.does.collect.run(new DownloadTask.Collect(again.id(), Optional.empty(), 1));
    assertThat(studio.song(job).asset("song.m4a").orElseThrow().state())
        .as("its chain is written down")
        .isEqualTo(new Asset.Pending(1, Optional.of(studio.clock.instant())));
    studio.download();

    assertThat(studio.now(job).status()).isEqualTo(Status.READY);
  }

  @Test
  void shouldFailAgainIfTheProviderHasTheSongNoMore() {
    for (Lookup gone :
        List.of(
            new Lookup.Finished(List.of(studio.plain("s9"))),
            new Lookup.Failed(Reasons.generationFailed("useapi", "it was deleted")))) {
      Studio each = new Studio();
      Job job = each.submitted(Studio.request(Format.MP3), "p1");
      each.provider.shows("p1", new Lookup.Finished(List.of(each.plain("s1"))));
      each.provider.opens(Studio.source("s1", Format.MP3), FakeProvider.gone());
      each.does.collect.read(job, "p1");
      each.download();
      each.plain("s9");
      each.provider.shows("p1", gone);

      each.again(each.now(job));
      each.download();

      assertThat(each.now(job).status()).as("%s", gone).isEqualTo(Status.FAILED);
      assertThat(each.now(job).attempt()).isEqualTo(2);
      assertThat(each.song(job).pending()).isEmpty();
    }
  }

  @Test
  void shouldHaveACheckBeforeItHasAnythingElse() {
    studio.provider.submits(new SubmitOutcome.Refused(Reasons.noSong("useapi")));
    Job failed = studio.submittedAs(Studio.request());
    studio.queues.take();

    Job again = studio.again(failed);

    assertThat(studio.queues.messages().getFirst())
        .isInstanceOfSatisfying(
            InMemoryQueues.CheckDue.class, check -> assertThat(check.number()).isEqualTo(2));
    assertThat(studio.now(again).checks()).isEqualTo(2);
    // The first attempt's check, should it still be under way, starts no second chain.
    studio.queues.take();
    studio.does.check.check(again.id(), 1);
    assertThat(studio.queues.messages()).isEmpty();
  }

  @Test
  void shouldRunOnceWhereItIsAskedForTwice() {
    studio.provider.submits(new SubmitOutcome.Refused(Reasons.noSong("useapi")));
    Job failed = studio.submittedAs(Studio.request());
    studio.queues.take();
    assertThat(studio.does.runAgain.run(failed)).isInstanceOf(RunAgain.Result.Running.class);
    assertThat(studio.does.runAgain.run(failed)).isEqualTo(new RunAgain.Result.NotFailed());
    assertThat(studio.queues.messages(InMemoryQueues.SubmissionDue.class)).hasSize(1);
    assertThat(studio.now(failed).attempt()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(value = Status.class, mode = EnumSource.Mode.EXCLUDE, names = "FAILED")
  void shouldRunNoJobThatHasNotFailed(Status status) {
    Job job = new JobDraft(JobCases.fresh(Studio.ALICE, Studio.START), status).job();
    studio.jobs.insert(job);
    assertThat(studio.does.runAgain.run(job)).isEqualTo(new RunAgain.Result.NotFailed());
    assertThat(studio.now(job)).isEqualTo(job);
    assertThat(studio.queues.messages()).isEmpty();
  }
}
