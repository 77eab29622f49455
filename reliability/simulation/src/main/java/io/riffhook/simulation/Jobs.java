package io.riffhook.simulation;

import io.riffhook.domain.InMemoryJobStore;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobChange;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Page;
import java.time.Instant;
import java.util.Optional;

/** A job store that a mistake can be made in. */
abstract class Jobs implements JobStore {
  private final InMemoryJobStore jobs;

  Jobs(InMemoryJobStore jobs) {
    this.jobs = jobs;
  }

  /** What a change makes of a job, if it is written. */
  Optional<Job> written(Job job, JobChange change, Instant now) {
    return Doctor.apply(job, change, now);
  }

  @Override
  public boolean insert(Job job) {
    return jobs.insert(job);
  }

  @Override
  public Optional<Job> find(JobId id) {
    return jobs.find(id);
  }

  @Override
  public Optional<Job> apply(JobId id, JobChange change, Instant now) {
    Optional<Job> next = jobs.find(id).flatMap(job -> written(job, change, now));
    next.ifPresent(jobs::put);
    return next;
  }

  @Override
  public Page<Job> ofOwner(Owner owner, Filter filter, Page.Request page) {
    return jobs.ofOwner(owner, filter, page);
  }
}
