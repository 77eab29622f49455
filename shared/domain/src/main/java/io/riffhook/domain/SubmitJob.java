package io.riffhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts a request: writes the job, then calls the provider.
 *
 * <p>The first check message is sent before the job is written, so every job has one; a check that
 * finds no job ends there. The owner's limits come before both, so a refused request costs next to
 * nothing. If a step after the write fails, the job's checks continue the job.
 */
public final class SubmitJob {
  /** How long a job may take before it ends as failed. */
  public static final Duration LIFE = Duration.ofHours(24);

  private static final Logger LOG = LoggerFactory.getLogger(SubmitJob.class);

  private final JobStore jobs;
  private final Queues queues;
  private final ChooseProvider choose;
  private final Sources sources;
  private final OwnerLimits limits;
  private final CallProvider call;
  private final CallbackUrls callbacks;
  private final WebFiles web;
  private final Delays delays;
  private final InstantSource clock;
  private final Supplier<JobId> ids;

  public SubmitJob(
      JobStore jobs,
      Queues queues,
      ChooseProvider choose,
      Sources sources,
      OwnerLimits limits,
      CallProvider call,
      CallbackUrls callbacks,
      WebFiles web,
      Delays delays,
      InstantSource clock,
      Supplier<JobId> ids) {
    this.jobs = jobs;
    this.queues = queues;
    this.choose = choose;
    this.sources = sources;
    this.limits = limits;
    this.call = call;
    this.callbacks = callbacks;
    this.web = web;
    this.delays = delays;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Submits a request. Once the job is written the result is a job, whatever fails after that.
   *
   * @param chosen an id that makes the submission idempotent: a second submission with the same id
   *     and request returns the same job, even if today's settings would refuse it
   */
  public Result submit(Owner owner, JobRequest request, Optional<JobId> chosen) {
    Optional<Job> known = chosen.flatMap(jobs::find);
    if (known.isPresent()) {
      return repeated(known.get(), owner, request);
    }
    Optional<String> refusal = request.webhook().flatMap(webhook -> web.refusal(webhook.url()));
    if (refusal.isPresent()) {
      return new Result.Impossible(List.of(new FieldError("/webhookUrl", refusal.get())));
    }
    return switch (choose.choose(owner, request)) {
      case ChooseProvider.Chosen.Nobody nobody -> new Result.Impossible(nobody.errors());
      case ChooseProvider.Chosen.One one ->
          submit(owner, request, chosen, one.provider().capabilities());
    };
  }

  private Result submit(
      Owner owner, JobRequest request, Optional<JobId> chosen, Capabilities provider) {
    JobId id = chosen.orElseGet(ids);
    boolean calledBack = callbacks.reachable() && provider.webhooks();
    Instant now = clock.instant();
    Job job = Job.submitting(id, owner, request, provider, calledBack, now, LIFE);
    Optional<Sources.Ready> ready = sources.ready(job, provider);
    if (ready.isEmpty()) {
      job = Job.preparing(id, owner, request, provider, calledBack, now, LIFE);
    }
    if (limits.admit(owner, id, job.attempt()) instanceof OwnerLimits.Decision.Refused refused) {
      return new Result.OverLimit(refused);
    }
    queues.check(id, job.checks(), delays.check(calledBack, provider.pace(), job.checks()));
    Optional<Job> other = insert(job, chosen.isPresent());
    if (other.isPresent()) {
      return repeated(other.get(), owner, request);
    }
    Job written = job;
    return new Result.Submitted(
        FollowUp.get(
                "calling the provider of job " + id,
                () ->
                    Optional.of(
                        ready.isPresent()
                            ? call.make(written, ready.get())
                            : call.prepare(written)),
                Optional.<Job>empty())
            .orElseGet(() -> asKnown(written)));
  }

  /**
   * Writes a job.
   *
   * @param chosen whether the caller chose the id, so that another submission may have it, too
   * @return the job that another submission wrote under this id, if there is one
   */
  private Optional<Job> insert(Job job, boolean chosen) {
    boolean inserted;
    try {
      inserted = jobs.insert(job);
    } catch (RuntimeException e) {
      // The write may have arrived although its answer did not.
      Optional<Job> found = jobs.find(job.id());
      if (found.isEmpty()) {
        throw e;
      }
      LOG.warn("job {} is written, although the write failed", job.id(), e);
      return found.filter(_ -> chosen);
    }
    // An id that nobody chose is ours alone: the client repeated a write that had arrived.
    return inserted || !chosen ? Optional.empty() : jobs.find(job.id());
  }

  /** The job as last written, or as it was inserted if it cannot be read. */
  private Job asKnown(Job inserted) {
    return FollowUp.get(
        "reading job " + inserted.id(), () -> jobs.find(inserted.id()).orElse(inserted), inserted);
  }

  private Result repeated(Job known, Owner owner, JobRequest request) {
    if (!known.owner().equals(owner) || !known.request().equals(request)) {
      return new Result.Differs();
    }
    Instant now = clock.instant();
    boolean running =
        known.status() == Status.QUEUED
            && known.submission() instanceof Submission.InFlight flight
            && flight.at().plus(delays.scaled(CallProvider.PATIENCE)).isAfter(now);
    return running ? new Result.StillRunning() : new Result.Submitted(known);
  }

  /** What came of a submission. */
  public sealed interface Result {
    /** There is a job; the provider may or may not have it yet. */
    record Submitted(Job job) implements Result {}

    /** The id is taken by another request. */
    record Differs() implements Result {}

    /** The first submission with the id is not through yet. */
    record StillRunning() implements Result {}

    /** Its owner has as many jobs as it may have. Nothing was written of this one. */
    record OverLimit(OwnerLimits.Decision.Refused why) implements Result {}

    /** No configured provider can do it, or its webhook can't be told. */
    record Impossible(List<FieldError> errors) implements Result {}
  }
}
