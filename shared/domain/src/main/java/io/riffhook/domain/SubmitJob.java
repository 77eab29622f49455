package io.riffhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes a request: writes the job down, then asks the provider.
 *
 * <p>The first check message goes out before the job is written, so that no job is ever without
 * one; a check that finds no job ends there. Before both, the owner's limits are asked, so that
 * what they refuse costs next to nothing.
 */
public final class SubmitJob {
  /** How long a job may take before it ends as failed. */
  public static final Duration LIFE = Duration.ofHours(24);

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
   * Submits a request.
   *
   * @param chosen an id that makes the submission idempotent: a second one with the same id and
   *     request is the same job
   */
  public Result submit(Owner owner, JobRequest request, Optional<JobId> chosen) {
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
    if (chosen.isPresent()) {
      Optional<Job> known = jobs.find(chosen.get());
      if (known.isPresent()) {
        return repeated(known.get(), owner, request);
      }
    }
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
    if (!jobs.insert(job)) {
      return repeated(jobs.find(id).orElseThrow(), owner, request);
    }
    return new Result.Submitted(
        ready.isPresent() ? call.make(job, ready.get()) : call.prepare(job));
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
