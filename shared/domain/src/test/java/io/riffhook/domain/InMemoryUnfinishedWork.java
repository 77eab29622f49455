package io.riffhook.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Unfinished work in the stores in memory, in parts of a few items. */
public final class InMemoryUnfinishedWork implements UnfinishedWork {
  private static final int PART = 5;

  private final InMemoryJobStore jobs;
  private final InMemoryBatchStore batches;
  private final InMemoryUploadStore uploads;
  private final InMemoryDeliveryStore deliveries;

  public InMemoryUnfinishedWork(
      InMemoryJobStore jobs,
      InMemoryBatchStore batches,
      InMemoryUploadStore uploads,
      InMemoryDeliveryStore deliveries) {
    this.jobs = jobs;
    this.batches = batches;
    this.uploads = uploads;
    this.deliveries = deliveries;
  }

  @Override
  public Part read(Optional<String> cursor) {
    List<Optional<Found>> all = all();
    int from = Math.min(cursor.map(Integer::parseInt).orElse(0), all.size());
    int to = Math.min(from + PART, all.size());
    return new Part(
        all.subList(from, to).stream().flatMap(Optional::stream).toList(),
        to - from,
        to - from,
        to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
  }

  private List<Optional<Found>> all() {
    List<Optional<Found>> all = new ArrayList<>();
    jobs.all()
        .forEach(
            job ->
                all.add(
                    job.status().isTerminal() && job.untold().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                            new Found.OfJob(job.id(), job.checks(), !job.untold().isEmpty()))));
    batches
        .all()
        .forEach(
            batch ->
                all.add(
                    batch.told()
                        ? Optional.empty()
                        : Optional.of(new Found.OfBatch(batch.id(), batch.checks()))));
    uploads
        .all()
        .forEach(
            upload ->
                all.add(
                    upload.state() instanceof Upload.Pending
                        ? Optional.of(new Found.OfUpload(upload.id()))
                        : Optional.empty()));
    deliveries
        .all()
        .forEach(
            each ->
                all.add(
                    each.state() == Delivery.State.PENDING
                        ? Optional.of(
                            new Found.OfDelivery(
                                each.notification(),
                                each.endpoint(),
                                each.attempts(),
                                each.nextAt().orElse(each.notification().at())))
                        : Optional.empty()));
    return all;
  }
}
