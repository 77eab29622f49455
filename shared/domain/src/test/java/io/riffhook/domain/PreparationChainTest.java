package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many messages a job costs while its provider cannot have its files yet: one chain of tries,
 * whatever is repeated and however often the job is checked.
 */
final class PreparationChainTest {
  private static final Reason UNAVAILABLE = Reasons.unavailable("files", "HTTP 503");

  private final Studio studio = new Studio();
  private final PriorityQueue<Due> waiting = new PriorityQueue<>(Comparator.comparing(Due::at));
  private int prepared;

  private record Due(Instant at, InMemoryQueues.Message message) {}

  @ParameterizedTest(name = "callbacks: {0}, each message delivered {1} times")
  @CsvSource({"true, 1", "true, 2", "false, 1", "false, 2"})
  void shouldCostAHandfulOfMessagesAnHourWhileAnUploadIsPending(boolean callbacks, int times) {
    Studio.UseCases does = studio.with(new Providers(List.of(files(callbacks))));
    Job job = submitted(does);

    run(does, times, Duration.ofHours(25));

    assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
    assertThat(studio.now(job).reason().orElseThrow().code()).isEqualTo("deadline-passed");
    // Ten in the first quarter of an hour, then four an hour.
    assertThat(prepared).isBetween(100 * times, 110 * times);
    assertThat(waiting).as("messages once the job has ended").isEmpty();
  }

  @ParameterizedTest(name = "callbacks: {0}, each message delivered {1} times")
  @CsvSource({"true, 1", "true, 2", "false, 1", "false, 2"})
  void shouldGiveTheFileOnceAMinuteToAProviderThatIsUnavailable(boolean callbacks, int times) {
    FakeProvider provider = files(callbacks).registers(new Registration.NotNow(UNAVAILABLE));
    Studio.UseCases does = studio.with(new Providers(List.of(provider)));
    Job job = submitted(does);
    studio.web.has(
        URI.create("https://files.example/hum.mp3"), List.of(FakeProvider.bytes(Studio.MP3)));
    does.fetch.run(new DownloadTask.Fetch(new UploadId("upload-1"), 1));

    run(does, times, Duration.ofHours(3));

    assertThat(studio.now(job).reason()).contains(UNAVAILABLE);
    assertThat(provider.given()).hasSizeBetween(170, 190);
  }

  private Job submitted(Studio.UseCases does) {
    Upload upload =
        ((CreateUpload.Result.Created)
                does.upload.create(Studio.ALICE, URI.create("https://files.example/hum.mp3")))
            .upload();
    JobRequest request =
        new JobRequest(
            new Operation.Transform(
                new Source.OfUpload(upload.id()),
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
    return ((SubmitJob.Result.Submitted)
            does.submit.submit(Studio.ALICE, request, Optional.empty()))
        .job();
  }

  /** Delivers every message when it is due. The upload's own messages are lost. */
  private void run(Studio.UseCases does, int times, Duration length) {
    Instant end = studio.clock.instant().plus(length);
    take();
    while (!waiting.isEmpty() && !waiting.peek().at().isAfter(end)) {
      Due due = waiting.poll();
      studio.clock.set(due.at());
      for (int time = 0; time < times; time++) {
        deliver(does, due.message());
      }
      take();
    }
  }

  private void take() {
    studio.queues.take().stream()
        .flatMap(PreparationChainTest::withoutTheUploads)
        .forEach(each -> waiting.add(new Due(studio.clock.instant().plus(each.delay()), each)));
  }

  private static Stream<InMemoryQueues.Message> withoutTheUploads(InMemoryQueues.Message message) {
    boolean fetch =
        message instanceof InMemoryQueues.DownloadDue due
            && due.task() instanceof DownloadTask.Fetch;
    return fetch ? Stream.empty() : Stream.of(message);
  }

  private void deliver(Studio.UseCases does, InMemoryQueues.Message message) {
    switch (message) {
      case InMemoryQueues.SubmissionDue due -> does.call.resume(due.job());
      case InMemoryQueues.CheckDue due -> does.check.check(due.job(), due.number());
      case InMemoryQueues.DownloadDue due -> {
        prepared++;
        Studio.run(does, due.task());
      }
      case InMemoryQueues.NotificationDue due ->
          studio
              .jobs
              .find(due.job())
              .ifPresent(
                  job ->
                      studio.jobs.apply(
                          job.id(),
                          new JobChange.Told(job.events().size(), false),
                          studio.clock.instant()));
      case InMemoryQueues.BatchDue _, InMemoryQueues.OrderDue _, InMemoryQueues.EventDue _ -> {
        // No job here is of a batch.
      }
    }
  }

  private static FakeProvider files(boolean callbacks) {
    return new FakeProvider(
        new Capabilities(
            "files",
            Map.of(Operation.Kind.EXTEND, FakeProvider.ANYTHING.from(Capabilities.Sources.FILES)),
            Set.of(Format.MP3),
            List.of(),
            callbacks,
            Duration.ofSeconds(8),
            Set.of()));
  }
}
