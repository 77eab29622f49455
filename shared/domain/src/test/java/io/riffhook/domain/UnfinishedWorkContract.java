package io.riffhook.domain;

import static io.riffhook.domain.JobCases.T0;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link UnfinishedWork} must do. */
public abstract class UnfinishedWorkContract {
  private final Owner owner = new Owner("owner-" + UUID.randomUUID());
  private final EndpointId endpoint = new EndpointId("ep_" + UUID.randomUUID());

  /** The work under test, in parts of a few items. Other tests may have written into its store. */
  protected abstract UnfinishedWork work();

  protected abstract JobStore jobs();

  protected abstract BatchStore batches();

  protected abstract UploadStore uploads();

  protected abstract DeliveryStore deliveries();

  private List<UnfinishedWork.Part> parts() {
    List<UnfinishedWork.Part> parts = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      parts.add(work().read(cursor));
      cursor = parts.getLast().next();
    } while (cursor.isPresent());
    return parts;
  }

  private List<UnfinishedWork.Found> found() {
    return parts().stream().flatMap(part -> part.found().stream()).toList();
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  @Test
  void shouldFindEachJobThatHasNotEndedOrHasEventsToPublish() {
    List<UnfinishedWork.Found> unfinished = new ArrayList<>();
    List<JobId> finished = new ArrayList<>();
    for (Status status : Status.values()) {
      for (Job shape : JobCases.shapes(JobCases.fresh(owner, T0), status)) {
        JobDraft draft = new JobDraft(shape, status).id(new JobId(id()));
        Job job = draft.job();
        jobs().insert(job);
        if (status.isTerminal() && job.untold().isEmpty()) {
          finished.add(job.id());
        } else {
          unfinished.add(
              new UnfinishedWork.Found.OfJob(job.id(), job.checks(), !job.untold().isEmpty()));
        }
      }
    }
    List<UnfinishedWork.Found> found = found();

    assertThat(unfinished).isNotEmpty();
    assertThat(finished).isNotEmpty();
    assertThat(found).containsAll(unfinished).doesNotHaveDuplicates();
    assertThat(found)
        .noneMatch(
            each -> each instanceof UnfinishedWork.Found.OfJob of && finished.contains(of.job()));
  }

  @Test
  void shouldFindEachBatchWhoseEndWasNotPublished() {
    Batch running = batch();
    Batch ended = batch();
    Batch over = batch();
    for (Batch each : List.of(running, ended, over)) {
      batches().insert(each);
    }
    batches().apply(running.id(), new BatchChange.CheckSent(7, 0), T0);
    for (Batch each : List.of(ended, over)) {
      batches().apply(each.id(), new BatchChange.Finished(T0, Map.of("READY", 1)), T0);
    }
    batches().apply(over.id(), new BatchChange.Told(), T0);

    assertThat(found())
        .contains(
            new UnfinishedWork.Found.OfBatch(running.id(), 7),
            new UnfinishedWork.Found.OfBatch(ended.id(), 1))
        .noneMatch(
            each ->
                each instanceof UnfinishedWork.Found.OfBatch of && of.batch().equals(over.id()));
  }

  private Batch batch() {
    return Batch.of(
        new BatchId(id()), owner, Optional.empty(), "ab".repeat(32), 1, 1, Set.of(), T0);
  }

  @Test
  void shouldFindEachPendingUpload() {
    UploadId pending = upload();
    UploadId stored = upload();
    UploadId failed = upload();
    uploads()
        .settle(stored, new Upload.Stored(new StoredFile("audio/mpeg", 1, "ab".repeat(32))), T0);
    uploads().settle(failed, new Upload.Failed(Reasons.uploadFailed("HTTP 404")), T0);

    assertThat(found())
        .contains(new UnfinishedWork.Found.OfUpload(pending))
        .doesNotContain(
            new UnfinishedWork.Found.OfUpload(stored), new UnfinishedWork.Found.OfUpload(failed));
  }

  private UploadId upload() {
    UploadId id = new UploadId(id());
    uploads()
        .insert(
            new Upload(
                id,
                owner,
                URI.create("https://files.example/a.mp3"),
                new Upload.Pending(),
                T0,
                T0));
    return id;
  }

  @Test
  void shouldFindEachDeliveryThatHasAnotherAttempt() {
    Delivery fresh = Delivery.of(notification("evt_1"), endpoint);
    Delivery again = Delivery.of(notification("evt_2"), endpoint);
    Delivery delivered = Delivery.of(notification("evt_3"), endpoint);
    for (Delivery each : List.of(fresh, again, delivered)) {
      deliveries().insert(each);
    }
    deliveries()
        .tried(
            again.tried(
                Delivery.State.PENDING,
                2,
                OptionalInt.of(503),
                Optional.of("HTTP 503"),
                T0.plusSeconds(60),
                Optional.of(T0.plusSeconds(90))));
    deliveries()
        .tried(
            delivered.tried(
                Delivery.State.DELIVERED,
                1,
                OptionalInt.of(204),
                Optional.empty(),
                T0.plusSeconds(60),
                Optional.empty()));

    assertThat(
            found().stream()
                .filter(
                    each ->
                        each instanceof UnfinishedWork.Found.OfDelivery of
                            && of.endpoint().equals(endpoint)))
        .containsExactlyInAnyOrder(
            new UnfinishedWork.Found.OfDelivery(fresh.notification(), endpoint, 0, T0),
            new UnfinishedWork.Found.OfDelivery(
                again.notification(), endpoint, 2, T0.plusSeconds(90)));
  }

  private Notification notification(String id) {
    return new Notification(
        id,
        EventType.JOB_READY,
        T0,
        3_000,
        owner,
        new Notification.Subject.OfJob(new JobId("job-1"), OptionalInt.empty()));
  }

  @Test
  void shouldCountWhatItReadsInSeveralParts() {
    for (int i = 0; i < 12; i++) {
      upload();
    }
    List<UnfinishedWork.Part> parts = parts();

    assertThat(parts).hasSizeGreaterThan(2);
    assertThat(parts.stream().mapToLong(UnfinishedWork.Part::scanned).sum())
        .isGreaterThanOrEqualTo(12);
    assertThat(parts.getFirst().readUnits()).isPositive();
  }
}
