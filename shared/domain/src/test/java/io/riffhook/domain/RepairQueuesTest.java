package io.riffhook.domain;

import static io.riffhook.domain.JobCases.T0;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepairQueuesTest {
  private static final Owner OWNER = new Owner("alice");

  private final InMemoryJobStore jobs = new InMemoryJobStore();
  private final InMemoryBatchStore batches = new InMemoryBatchStore();
  private final InMemoryUploadStore uploads = new InMemoryUploadStore();
  private final InMemoryDeliveryStore deliveries = new InMemoryDeliveryStore();
  private final InMemoryQueues queues = new InMemoryQueues();
  private final RepairQueues repair =
      new RepairQueues(
          new InMemoryUnfinishedWork(jobs, batches, uploads, deliveries), queues, () -> T0);

  private final Job job = new JobDraft(JobCases.fresh(OWNER, T0), Status.SUBMITTED).checks(4).job();
  private final Batch batch =
      Batch.of(new BatchId("b"), OWNER, Optional.empty(), "ab".repeat(32), 1, 1, Set.of(), T0);
  private final Upload upload =
      new Upload(
          new UploadId("u"),
          OWNER,
          URI.create("https://files.example/a.mp3"),
          new Upload.Pending(),
          T0,
          T0);
  private final Delivery delivery =
      Delivery.of(
              new Notification(
                  "evt_1",
                  EventType.JOB_READY,
                  T0,
                  1,
                  OWNER,
                  new Notification.Subject.OfJob(job.id(), OptionalInt.empty())),
              EndpointId.DEFAULT)
          .tried(
              Delivery.State.PENDING,
              3,
              OptionalInt.of(500),
              Optional.of("HTTP 500"),
              T0,
              Optional.of(T0.plusSeconds(100)));

  private void write() {
    jobs.insert(job);
    jobs.insert(new JobDraft(JobCases.fresh(OWNER, T0), Status.CANCELLED).job());
    batches.insert(batch);
    uploads.insert(upload);
    deliveries.insert(delivery);
  }

  private static Duration millis(int millis) {
    return Duration.ofMillis(millis);
  }

  @Test
  void shouldSendTheMessagesOfAllThatIsUnfinished() {
    write();
    List<RepairQueues.Report> progress = new ArrayList<>();

    RepairQueues.Report report = repair.repair(progress::add);

    assertThat(queues.messages())
        .containsExactly(
            new InMemoryQueues.CheckDue(job.id(), 4, Duration.ZERO),
            new InMemoryQueues.BatchDue(new BatchTask.Check(batch.id(), 1), millis(50)),
            new InMemoryQueues.DownloadDue(new DownloadTask.Fetch(upload.id(), 1), millis(100)),
            new InMemoryQueues.NotificationDue(
                new NotificationTask.Deliver(
                    delivery.notification(), EndpointId.DEFAULT, 4, T0.plusSeconds(100)),
                Duration.ofSeconds(100)));
    assertThat(report).isEqualTo(new RepairQueues.Report(5, 5, 1, 1, 1, 1, 4));
    assertThat(progress).last().isEqualTo(report);
  }

  @Test
  void shouldHaveEventsPublishedThatWereNot() {
    jobs.insert(job);
    jobs.apply(job.id(), new JobChange.Ended(Status.FAILED, Reasons.uploadFailed("HTTP 404")), T0);

    RepairQueues.Report report = repair.repair(_ -> {});

    assertThat(queues.messages())
        .containsExactly(
            new InMemoryQueues.CheckDue(job.id(), 4, Duration.ZERO),
            new InMemoryQueues.NotificationDue(
                new NotificationTask.Announce(job.id()), Duration.ZERO));
    assertThat(report.messages()).isEqualTo(2);
  }

  @Test
  void shouldSpreadManyMessagesOverTimeButNotBeyondWhatAQueueCanDelay() {
    for (int i = 0; i < 20_000; i++) {
      uploads.insert(
          new Upload(new UploadId("u" + i), OWNER, upload.url(), new Upload.Pending(), T0, T0));
    }

    repair.repair(_ -> {});

    assertThat(queues.messages().get(100).delay()).isEqualTo(Duration.ofSeconds(5));
    assertThat(queues.messages().getLast().delay()).isEqualTo(Queues.MAX_DELAY);
  }

  @Test
  void shouldSendNothingWhereItOnlyLooks() {
    write();

    assertThat(repair.look(_ -> {}).messages()).isEqualTo(4);
    assertThat(queues.messages()).isEmpty();
  }
}
