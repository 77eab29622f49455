package io.riffhook.domain;

import java.time.InstantSource;
import java.util.Optional;

/**
 * Stops a job. What its provider has begun, it may still finish and bill; nothing of it is stored.
 */
public final class CancelJob {
  private final JobStore jobs;
  private final InstantSource clock;

  public CancelJob(JobStore jobs, InstantSource clock) {
    this.jobs = jobs;
    this.clock = clock;
  }

  /** The cancelled job, or empty where it had ended already. */
  public Optional<Job> cancel(JobId id) {
    return jobs.apply(
        id, new JobChange.Ended(Status.CANCELLED, Reasons.cancelled()), clock.instant());
  }
}
