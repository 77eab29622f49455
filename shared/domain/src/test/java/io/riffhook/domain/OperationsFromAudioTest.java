package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Operations that start from a song or from an upload. */
final class OperationsFromAudioTest {
  private static final URI URL = URI.create("https://files.example/hum.mp3");
  private static final SubmitOutcome TAKEN =
      new SubmitOutcome.Accepted(List.of("x1"), Optional.empty());

  private final Studio studio = new Studio();
  private final FakeProvider maker = extending("maker", Capabilities.Sources.OWN_SONGS);
  private final FakeProvider any = extending("any", Capabilities.Sources.ANY);
  private final FakeProvider files = extending("files", Capabilities.Sources.FILES);

  @Test
  void shouldStartFromASongThatTheProviderMade() {
    Song song = madeBy(maker);
    Studio.UseCases does = studio.with(new Providers(List.of(any, maker)));
    maker.submits(TAKEN);
    Job job = submitted(does, extend(new Source.OfSong(song.id())));
    assertThat(job.provider()).isEqualTo("maker");
    assertThat(job.status()).isEqualTo(Status.SUBMITTED);
    assertThat(maker.orders().getLast().source())
        .contains(new Provider.Audio.Made("riff-1", Optional.of("account-1")));
    assertThat(maker.given()).isEmpty();
  }

  @Test
  void shouldGiveTheStoredFileToAnotherProviderFirst() {
    Song song = madeBy(maker);
    Studio.UseCases does = studio.with(new Providers(List.of(any)));
    Job job = submitted(does, extend(new Source.OfSong(song.id())));
    assertThat(job.status()).isEqualTo(Status.QUEUED);
    assertThat(any.orders()).isEmpty();

    any.registers(new Registration.Usable("given-1")).submits(TAKEN);
    goOn(does, job);
    assertThat(any.given())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.type()).isEqualTo(ContentType.MP3);
              assertThat(file.bytes()).isEqualTo(Studio.MP3.length());
              assertThat(file.link().toString()).contains("song.mp3");
              assertThat(file.content().open().readAllBytes()).hasSize(Studio.MP3.length());
            });
    assertThat(any.orders().getLast().source()).contains(new Provider.Audio.Given("given-1"));
    assertThat(studio.now(job).status()).isEqualTo(Status.SUBMITTED);
  }

  @Test
  void shouldGiveAFileOnlyOnce() {
    Song song = madeBy(maker);
    Studio.UseCases does = studio.with(new Providers(List.of(any)));
    any.registers(new Registration.Usable("given-1")).submits(TAKEN, TAKEN);
    goOn(does, submitted(does, extend(new Source.OfSong(song.id()))));
    Job second = submitted(does, extend(new Source.OfSong(song.id())));
    assertThat(second.status()).isEqualTo(Status.SUBMITTED);
    assertThat(any.given()).hasSize(1);
  }

  @Test
  void shouldLendALinkForAsLongAsItLives() {
    Song song = madeBy(maker);
    Studio.UseCases does = studio.with(new Providers(List.of(any)));
    URI first = URI.create("https://s3.example/1");
    URI second = URI.create("https://s3.example/2");
    any.registers(new Registration.Lent(first), new Registration.Lent(second)).submits(TAKEN);
    goOn(does, submitted(does, extend(new Source.OfSong(song.id()))));
    submitted(does, extend(new Source.OfSong(song.id())));
    assertThat(any.orders())
        .extracting(order -> order.source().orElseThrow())
        .containsExactly(
            new Provider.Audio.Given(first.toString()), new Provider.Audio.Given(first.toString()));

    studio.clock.advance(Duration.ofMinutes(46));
    goOn(does, submitted(does, extend(new Source.OfSong(song.id()))));
    assertThat(any.orders().getLast().source())
        .contains(new Provider.Audio.Given(second.toString()));
  }

  @Test
  void shouldGiveItsOwnSongToAProviderThatTakesOnlyFiles() {
    Song song = madeBy(files);
    Studio.UseCases does = studio.with(new Providers(List.of(files)));
    files.registers(new Registration.Usable("given-1")).submits(TAKEN);
    Job job = submitted(does, extend(new Source.OfSong(song.id())));
    goOn(does, job);
    assertThat(files.orders().getLast().source()).contains(new Provider.Audio.Given("given-1"));
  }

  @Test
  void shouldWaitUntilTheProviderCanUseTheFile() {
    Song song = madeBy(maker);
    Studio.UseCases does = studio.with(new Providers(List.of(any)));
    Job job = submitted(does, extend(new Source.OfSong(song.id())));
    any.registers(
        new Registration.NotNow(Reasons.unavailable("any", "HTTP 503")),
        new Registration.NotYet("pending-1"),
        new Registration.NotYet("pending-1"),
        new Registration.Usable("given-1"));
    any.submits(TAKEN);
    goOn(does, job);
    assertThat(any.given()).hasSize(2);
    assertThat(any.orders().getLast().source()).contains(new Provider.Audio.Given("given-1"));
  }

  /** A try whose message was lost is repeated under its own number: another one would end there. */
  @Test
  void shouldRestartAnOverdueTryByItsNumber() {
    Song song = madeBy(maker);
    Studio.UseCases does = studio.with(new Providers(List.of(any)));
    Job job = submitted(does, extend(new Source.OfSong(song.id())));
    any.registers(new Registration.NotYet("pending-1"), new Registration.Usable("given-1"));
    DownloadTask first = studio.tasks().getFirst();
    Studio.run(does, first);
    studio.queues.take();

    studio.clock.advance(Duration.ofMinutes(4));
    does.check.check(job.id(), 1);
    assertThat(studio.queues.take(InMemoryQueues.SubmissionDue.class)).as("not overdue").isEmpty();
    studio.clock.advance(Duration.ofMinutes(2));
    does.check.check(job.id(), 2);
    assertThat(studio.queues.take(InMemoryQueues.SubmissionDue.class)).hasSize(1);
    does.call.resume(job.id());
    assertThat(studio.tasks()).containsExactly(first.next());
  }

  @Test
  void shouldFailWhereTheProviderWillNotHaveTheFile() {
    Song song = madeBy(maker);
    Studio.UseCases does = studio.with(new Providers(List.of(any)));
    Job job = submitted(does, extend(new Source.OfSong(song.id())));
    Reason never = Reasons.refused("any", "longer than 50 MB");
    any.registers(new Registration.Never(never));
    goOn(does, job);
    assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
    assertThat(studio.now(job).reason()).contains(never);
    assertThat(any.orders()).isEmpty();
  }

  @Test
  void shouldStartFromAnUploadOnceItIsStored() {
    Studio.UseCases does = studio.with(new Providers(List.of(any)));
    Upload upload = uploaded(does);
    Job job = submitted(does, extend(new Source.OfUpload(upload.id())));
    any.registers(new Registration.Usable("given-1")).submits(TAKEN);
    studio.web.has(URL, List.of(FakeProvider.notNow(), FakeProvider.bytes(Studio.MP3)));
    goOn(does, job);
    assertThat(studio.uploads.find(upload.id()).orElseThrow().state())
        .isInstanceOf(Upload.Stored.class);
    assertThat(studio.now(job).status()).isEqualTo(Status.SUBMITTED);
  }

  @Test
  void shouldFailWithTheUpload() {
    Studio.UseCases does = studio.with(new Providers(List.of(any)));
    Upload upload = uploaded(does);
    Job job = submitted(does, extend(new Source.OfUpload(upload.id())));
    goOn(does, job);
    assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
    assertThat(studio.now(job).reason()).contains(Reasons.uploadFailed("HTTP 404"));
  }

  @Test
  void shouldGiveUpAnUploadThatIsNoMedia() {
    Studio.UseCases does = studio.with(new Providers(List.of(any)));
    Upload upload = uploaded(does);
    studio.web.has(URL, List.of(FakeProvider.bytes("<html>not here</html>")));
    studio.download();
    assertThat(studio.uploads.find(upload.id()).orElseThrow().state())
        .isEqualTo(new Upload.Failed(Reasons.uploadFailed("is an HTML page, not MEDIA")));
  }

  @Test
  void shouldWaitForABusyServerOfAnUploadAsLongAsItAsks() {
    Studio.UseCases does = studio.with(new Providers(List.of(any)));
    uploaded(does);
    studio.web.has(
        URL, List.of(() -> new Opened.NotNow("HTTP 429", Optional.of(Duration.ofMinutes(3)))));
    DownloadTask task = studio.tasks().getFirst();
    studio.queues.take();
    Studio.run(does, task);
    assertThat(studio.tasks()).containsExactly(task.next());
    assertThat(studio.queues.messages().getFirst().delay()).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void shouldGiveUpAnUploadThatIsTooLong() {
    Studio.UseCases does = studio.with(new Providers(List.of(any)));
    Upload upload = uploaded(does);
    studio.web.has(URL, List.of(FakeProvider.bytes(Studio.MP3, FetchUpload.MAX_BYTES + 1)));
    studio.download();
    assertThat(studio.uploads.find(upload.id()).orElseThrow().state())
        .isEqualTo(new Upload.Failed(Reasons.uploadFailed("it is longer than 209715200 bytes")));
  }

  @Test
  void shouldRefuseAUrlThatIsNotFetched() {
    assertThat(studio.does.upload.create(Studio.ALICE, URI.create("http://files.example/a")))
        .isEqualTo(new CreateUpload.Result.Refused("must be https"));
    assertThat(studio.queues.messages()).isEmpty();
  }

  @Test
  void shouldRefuseWhatIsNotTheOwners() {
    Song song = madeBy(maker);
    Studio.UseCases does = studio.with(new Providers(List.of(any)));
    Upload upload = uploaded(does);
    Owner bob = new Owner("bob");
    assertThat(impossible(does, bob, extend(new Source.OfSong(song.id()))))
        .containsExactly(new FieldError("/source/songId", "is no song of yours"));
    assertThat(impossible(does, bob, extend(new Source.OfUpload(upload.id()))))
        .containsExactly(new FieldError("/source/uploadId", "is no upload of yours"));
  }

  @Test
  void shouldRefuseAPictureAsAudioAndAFailedUpload() {
    Studio.UseCases does = studio.with(new Providers(List.of(any)));
    Upload picture = uploaded(does);
    studio.web.has(URL, List.of(FakeProvider.bytes(Studio.JPEG)));
    studio.download();
    assertThat(impossible(does, Studio.ALICE, extend(new Source.OfUpload(picture.id()))))
        .containsExactly(new FieldError("/source/uploadId", "is image/jpeg, and must be audio/…"));
    studio.web.has(URL, List.of(FakeProvider.gone()));
    Upload failed = uploaded(does);
    studio.download();
    assertThat(impossible(does, Studio.ALICE, extend(new Source.OfUpload(failed.id()))))
        .containsExactly(
            new FieldError("/source/uploadId", "failed: the file could not be stored: HTTP 404"));
  }

  @Test
  void shouldPrepareNothingForAJobThatIsNotQueued() {
    Song song = madeBy(maker);
    Studio.UseCases does = studio.with(new Providers(List.of(any)));
    Job job = submitted(does, extend(new Source.OfSong(song.id())));
    does.cancel.cancel(job.id());
    goOn(does, job);
    assertThat(any.given()).isEmpty();
    assertThat(any.orders()).isEmpty();
  }

  private static FakeProvider extending(String name, Capabilities.Sources sources) {
    return new FakeProvider(
        new Capabilities(
            name,
            Map.of(
                Operation.Kind.PROMPT,
                FakeProvider.ANYTHING,
                Operation.Kind.EXTEND,
                FakeProvider.ANYTHING.from(sources)),
            EnumSet.of(Format.MP3),
            List.of(),
            true,
            Duration.ofSeconds(5),
            Set.of()));
  }

  private static JobRequest extend(Source source) {
    return new JobRequest(
        new Operation.Transform(
            source,
            new Operation.Edit.Extend(OptionalDouble.of(30), OptionalDouble.empty()),
            Optional.of("a guitar solo"),
            Optional.empty(),
            Optional.empty(),
            Operation.Controls.NONE),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A stored song that a provider made. */
  private Song madeBy(FakeProvider provider) {
    Studio.UseCases does = studio.with(new Providers(List.of(provider)));
    provider.submits(new SubmitOutcome.Accepted(List.of("p1"), Optional.of("account-1")));
    Job job = submitted(does, Studio.request());
    provider.opens(Studio.source("riff-1", Format.MP3), FakeProvider.bytes(Studio.MP3));
    provider.shows(
        "p1",
        new Lookup.Finished(
            List.of(
                Studio.song(
                    "riff-1",
                    Map.of(Format.MP3, Studio.source("riff-1", Format.MP3)),
                    Optional.empty()))));
    does.receive.receive(job.id(), 1, new Callback.Finished(Optional.of("p1")));
    download(does);
    assertThat(studio.now(job).status()).isEqualTo(Status.READY);
    studio.queues.take();
    return studio.song(job);
  }

  private Upload uploaded(Studio.UseCases does) {
    return ((CreateUpload.Result.Created) does.upload.create(Studio.ALICE, URL)).upload();
  }

  private Job submitted(Studio.UseCases does, JobRequest request) {
    SubmitJob.Result result = does.submit.submit(Studio.ALICE, request, Optional.empty());
    return ((SubmitJob.Result.Submitted) result).job();
  }

  private static List<FieldError> impossible(
      Studio.UseCases does, Owner owner, JobRequest request) {
    SubmitJob.Result result = does.submit.submit(owner, request, Optional.empty());
    return ((SubmitJob.Result.Impossible) result).errors();
  }

  /** Does what waits in the queues until the job is submitted or has ended. */
  private void goOn(Studio.UseCases does, Job job) {
    download(does);
    if (studio.now(job).status() == Status.QUEUED) {
      does.call.resume(job.id());
    }
  }

  private void download(Studio.UseCases does) {
    while (!studio.tasks().isEmpty()) {
      studio.queues.take().stream()
          .filter(InMemoryQueues.DownloadDue.class::isInstance)
          .map(InMemoryQueues.DownloadDue.class::cast)
          .forEach(
              due -> {
                studio.clock.advance(due.delay());
                Studio.run(does, due.task());
              });
    }
  }
}
