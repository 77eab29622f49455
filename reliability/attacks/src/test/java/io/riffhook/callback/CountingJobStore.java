package io.riffhook.callback;

import io.riffhook.domain.Job;
import io.riffhook.domain.JobChange;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Page;
import java.time.Instant;
import java.util.Optional;

/** Counts what a job store is asked. */
final class CountingJobStore implements JobStore {
  private final JobStore store;
  private int calls;

  CountingJobStore(JobStore store) {
    this.store = store;
  }

  int calls() {
    return calls;
  }

  @Override
  public boolean insert(Job job) {
    calls++;
    return store.insert(job);
  }

  @Override
  public Optional<Job> find(JobId id) {
    calls++;
    return store.find(id);
  }

  @Override
  public Optional<Job> apply(JobId id, JobChange change, Instant now) {
    calls++;
    return store.apply(id, change, now);
  }

  @Override
  public Page<Job> ofOwner(Owner owner, Filter filter, Page.Request page) {
    calls++;
    return store.ofOwner(owner, filter, page);
  }
}
