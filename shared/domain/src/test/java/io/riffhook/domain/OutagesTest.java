package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Calls whose write is done and whose next step fails: the call succeeds, and a check repeats the
 * step. If nothing would repeat it, it comes before the write, and its failure leaves nothing
 * written.
 */
final class OutagesTest {
  private static final URI URL = URI.create("https://files.example/a.mp3");

  private final Studio studio = new Studio();
  private final Faults faults = new Faults();
  private final Studio.UseCases frail =
      new Studio.UseCases(
          new Studio.Ports(
              faults.around(JobStore.class, studio.jobs),
              faults.around(SongStore.class, studio.songs),
              studio.assets,
              faults.around(Queues.class, studio.queues),
              new Providers(List.of(faults.around(Provider.class, studio.provider))),
              faults.around(UploadStore.class, studio.uploads),
              studio.registrations,
              studio.health,
              studio.web),
          new CallbackUrls(Optional.empty(), () -> studio.tokens),
          studio.clock);

  @Test
  void shouldRestartAJobWhoseSubmissionCannotBeSent() {
    studio.provider.submits(new SubmitOutcome.Refused(Reasons.noSong("useapi")));
    Job failed = studio.submittedAs(Studio.request());
    studio.queues.take();
    faults.failWhen("before Queues.submission"::equals);

    assertThat(frail.runAgain.run(failed)).isInstanceOf(RunAgain.Result.Running.class);

    assertThat(studio.now(failed).status()).isEqualTo(Status.QUEUED);
    InMemoryQueues.CheckDue check = theCheck();
    studio.clock.advance(Duration.ofMinutes(6));
    studio.does.check.check(check.job(), check.number());
    assertThat(studio.queues.messages(InMemoryQueues.SubmissionDue.class))
        .as("the check sends it")
        .hasSize(1);
  }

  @Test
  void shouldResumeAJobWhoseReadCannotBeSent() {
    Job failed = failedWithASong();
    faults.failWhen("before Queues.download"::equals);

    assertThat(frail.runAgain.run(failed)).isInstanceOf(RunAgain.Result.Running.class);

    assertThat(studio.now(failed).status()).isEqualTo(Status.STORING);
    InMemoryQueues.CheckDue check = theCheck();
    studio.provider.opens(Studio.source("s1", Format.MP3), FakeProvider.bytes(Studio.MP3));
    studio.clock.advance(Duration.ofMinutes(6));
    studio.does.check.check(check.job(), check.number());
    studio.download();
    assertThat(studio.now(failed).status()).isEqualTo(Status.READY);
  }

  @Test
  void shouldRunAJobAgainWhoseCheckCannotBeNumbered() {
    Job failed = failedWithASong();
    int[] writes = {0};
    faults.failWhen(step -> step.equals("before JobStore.apply") && ++writes[0] > 1);

    assertThat(frail.runAgain.run(failed)).isInstanceOf(RunAgain.Result.Running.class);

    InMemoryQueues.CheckDue check = theCheck();
    studio.does.check.check(check.job(), check.number());
    assertThat(theCheck().number()).as("the check goes on").isGreaterThan(check.number());
  }

  @Test
  void shouldCancelAJobWhoseProviderFails() {
    Job job = studio.submitted(Studio.request(), "p1");
    faults.failWhen("before Provider.cancel"::equals);
    assertThat(frail.cancel.cancel(job.id())).contains(studio.now(job));
    assertThat(studio.now(job).status()).isEqualTo(Status.CANCELLED);
  }

  /** Every change that has an event goes this way. */
  @Test
  void shouldCancelAJobWhoseEventCannotBeSent() {
    Job job = studio.submitted(Studio.request(), "p1");
    faults.failWhen("before Queues.notification"::equals);

    assertThat(frail.cancel.cancel(job.id())).contains(studio.now(job));

    assertThat(studio.queues.messages()).isEmpty();
    studio.clock.advance(Duration.ofMinutes(2));
    studio.does.check.check(job.id(), job.checks());
    assertThat(studio.queues.messages(InMemoryQueues.NotificationDue.class))
        .extracting(InMemoryQueues.NotificationDue::task)
        .containsExactly(new NotificationTask.Announce(job.id()));
  }

  @Test
  void shouldAnswerACallbackWhoseReadCannotBeSent() {
    Job job = studio.submitted(Studio.request(Format.MP3), "p1");
    studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
    faults.failWhen("before Queues.download"::equals);

    assertThat(frail.receive.receive(job.id(), 1, new Callback.Finished(Optional.of("p1"))))
        .isTrue();

    assertThat(studio.now(job).woken()).containsExactly("p1");
    studio.does.check.check(job.id(), job.checks());
    studio.download();
    assertThat(studio.now(job).status()).isEqualTo(Status.READY);
  }

  @Test
  void shouldAnswerAProgressCallbackWhoseReadCannotBeSent() {
    Job job =
        Job.submitting(
            new JobId("unsure"),
            Studio.ALICE,
            Studio.request(),
            studio.provider.capabilities(),
            true,
            Studio.START,
            SubmitJob.LIFE);
    studio.jobs.insert(job);
    faults.failWhen("before Queues.download"::equals);
    assertThat(frail.receive.receive(job.id(), 1, new Callback.Progress(40, Optional.of("p1"))))
        .isTrue();
    assertThat(studio.now(job).progress()).hasValue(40);
  }

  // ---- Uploads: nothing repairs a message of theirs ----

  @Test
  void shouldWriteNoUploadWhoseMessageCannotBeSent() {
    faults.failWhen("before Queues.download"::equals);
    assertThatThrownBy(() -> frail.upload.create(Studio.ALICE, URL))
        .isInstanceOf(Faults.OutageException.class)
        .hasMessage("before Queues.download");
    assertThat(faults.calls()).containsExactly("Queues.download");
  }

  @Test
  void shouldFetchAnUploadThatIsWrittenAfterItsMessageCame() {
    studio.web.has(URL, List.of(FakeProvider.bytes(Studio.MP3)));
    Upload upload =
        ((CreateUpload.Result.Created) studio.does.upload.create(Studio.ALICE, URL)).upload();
    InMemoryQueues.DownloadDue sent =
        studio.queues.take(InMemoryQueues.DownloadDue.class).getFirst();
    assertThat(sent.delay()).as("time for the write").isEqualTo(Duration.ofSeconds(1));

    Studio other = new Studio();
    other.web.has(URL, List.of(FakeProvider.bytes(Studio.MP3)));
    Studio.run(other.does, sent.task());
    InMemoryQueues.DownloadDue later =
        other.queues.take(InMemoryQueues.DownloadDue.class).getFirst();
    assertThat(later.delay()).isEqualTo(Duration.ofSeconds(60));

    other.uploads.insert(upload);
    Studio.run(other.does, later.task());
    assertThat(other.uploads.find(upload.id()).orElseThrow().state())
        .isInstanceOf(Upload.Stored.class);
  }

  @Test
  void shouldForgetAnUploadThatIsNeverWritten() {
    UploadId never = new UploadId("never");
    Studio.run(studio.does, new DownloadTask.Fetch(never, 1));
    assertThat(studio.tasks()).containsExactly(new DownloadTask.Fetch(never, 2));
    studio.queues.take();
    Studio.run(studio.does, new DownloadTask.Fetch(never, 2));
    assertThat(studio.tasks()).isEmpty();
  }

  private InMemoryQueues.CheckDue theCheck() {
    List<InMemoryQueues.CheckDue> checks = studio.queues.take(InMemoryQueues.CheckDue.class);
    assertThat(checks).hasSize(1);
    return checks.getFirst();
  }

  /** A job that is paid for, and whose MP3 could not be had. */
  private Job failedWithASong() {
    Job job = studio.submitted(Studio.request(Format.MP3), "p1");
    studio.provider.shows(
        "p1",
        new Lookup.Finished(
            List.of(
                Studio.song(
                    "s1", Map.of(Format.MP3, Studio.source("s1", Format.MP3)), Optional.empty()))));
    studio.provider.opens(Studio.source("s1", Format.MP3), FakeProvider.gone());
    studio.does.collect.read(job, "p1");
    studio.download();
    assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
    studio.queues.take();
    return studio.now(job);
  }
}
