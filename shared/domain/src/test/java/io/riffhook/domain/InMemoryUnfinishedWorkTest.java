package io.riffhook.domain;

final class InMemoryUnfinishedWorkTest extends UnfinishedWorkContract {
  private final InMemoryJobStore jobs = new InMemoryJobStore();
  private final InMemoryBatchStore batches = new InMemoryBatchStore();
  private final InMemoryUploadStore uploads = new InMemoryUploadStore();
  private final InMemoryDeliveryStore deliveries = new InMemoryDeliveryStore();
  private final UnfinishedWork work =
      new InMemoryUnfinishedWork(jobs, batches, uploads, deliveries);

  @Override
  protected UnfinishedWork work() {
    return work;
  }

  @Override
  protected JobStore jobs() {
    return jobs;
  }

  @Override
  protected BatchStore batches() {
    return batches;
  }

  @Override
  protected UploadStore uploads() {
    return uploads;
  }

  @Override
  protected DeliveryStore deliveries() {
    return deliveries;
  }
}
