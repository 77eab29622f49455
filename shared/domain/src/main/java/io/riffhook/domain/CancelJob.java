package io.riffhook.domain;

import java.time.InstantSource;
import java.util.Optional;

/**
 * Stops a job. What its provider has begun, it may still finish and bill; nothing of it is stored.
 */
public final class CancelJob {
  private final JobStore jobs;
  private final Providers providers;
  private final InstantSource clock;

  public CancelJob(JobStore jobs, Providers providers, InstantSource clock) {
    this.jobs = jobs;
    this.providers = providers;
    this.clock = clock;
  }

  /** The cancelled job, or empty where it had ended already. */
  public Optional<Job> cancel(JobId id) {
    Optional<Job> cancelled =
        jobs.apply(id, new JobChange.Ended(Status.CANCELLED, Reasons.cancelled()), clock.instant());
    cancelled
        .filter(job -> !job.uncollected().isEmpty())
        .ifPresent(
            job ->
                FollowUp.run(
                    "asking the provider to cancel job " + id,
                    () ->
                        providers
                            .find(job.provider())
                            .ifPresent(provider -> provider.cancel(job.uncollected()))));
    return cancelled;
  }
}
