package io.riffhook.domain;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the one call of a job that costs money, so that it buys at most one song.
 *
 * <p>The intent is written before the call, and each call has a number that only one writer can
 * take. A call that ended without an answer is followed by waiting (its callback may come) and by
 * looking the job up where the provider allows that; only then is the provider asked once more, and
 * never a third time.
 */
public final class CallProvider {
  /** How long a call can be under way before it is taken for lost. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * How long a callback is waited for after a call without an answer, where nothing can be asked.
   */
  static final Duration SILENCE = Duration.ofMinutes(10);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(60);

  /** How long a provider that retired something, or refused our token, is left alone. */
  private static final Duration CLOSED = Duration.ofMinutes(10);

  /** How long new jobs avoid a provider that failed in the middle of a call. */
  private static final Duration UNSURE = Duration.ofSeconds(30);

  private static final int MAX_UNKNOWNS = 2;
  private static final Logger LOG = LoggerFactory.getLogger(CallProvider.class);

  private final JobStore jobs;
  private final Queues queues;
  private final Providers providers;
  private final ChooseProvider choose;
  private final Sources sources;
  private final CallbackUrls callbacks;
  private final Delays delays;
  private final InstantSource clock;

  public CallProvider(
      JobStore jobs,
      Queues queues,
      Providers providers,
      ChooseProvider choose,
      Sources sources,
      CallbackUrls callbacks,
      Delays delays,
      InstantSource clock) {
    this.jobs = jobs;
    this.queues = queues;
    this.providers = providers;
    this.choose = choose;
    this.sources = sources;
    this.callbacks = callbacks;
    this.delays = delays;
    this.clock = clock;
  }

  /** Goes on with a queued job whose turn has come. Anything else is left as it is. */
  public void resume(JobId id) {
    Optional<Job> found = jobs.find(id);
    if (found.isEmpty() || found.get().status() != Status.QUEUED) {
      return;
    }
    Job job = found.get();
    Instant now = clock.instant();
    if (!now.isBefore(job.deadline())) {
      end(job, Status.FAILED, Reasons.deadlinePassed(job.deadline(), "waiting for the provider"));
      return;
    }
    switch (job.submission()) {
      case Submission.Waiting waiting when !now.isBefore(waiting.at()) -> start(job, now);
      case Submission.Unknown unknown when !now.isBefore(unknown.next()) ->
          lookUp(job, unknown, now);
      case Submission.InFlight flight
          when !now.isBefore(flight.at().plus(delays.scaled(PATIENCE))) ->
          unknown(job, Reasons.outcomeUnknown(job.provider(), "the call was cut off"));
      case Submission.Waiting _,
          Submission.Unknown _,
          Submission.InFlight _,
          Submission.Accepted _ ->
          LOG.info("not due: another message for this job is on its way");
    }
  }

  private void start(Job job, Instant now) {
    Optional<Provider> instead = choose.instead(job);
    Job moved = instead.flatMap(other -> move(job, other, job.reason(), now)).orElse(job);
    callAgain(moved, now);
  }

  private void callAgain(Job job, Instant now) {
    Optional<Sources.Ready> ready = sources.ready(job, providers.of(job).capabilities());
    if (ready.isEmpty()) {
      prepare(job);
      return;
    }
    jobs.apply(job.id(), new JobChange.CallStarted(job.calls() + 1, now), now)
        .ifPresent(started -> make(started, ready.get()));
  }

  private Optional<Job> move(Job job, Provider to, Optional<Reason> why, Instant now) {
    Capabilities other = to.capabilities();
    LOG.info("the job goes from {} to {}", job.provider(), other.provider());
    return jobs.apply(
        job.id(),
        new JobChange.Moved(
            other.provider(),
            job.request().formatsOf(other),
            callbacks.reachable() && other.webhooks(),
            why,
            job.calls(),
            now),
        now);
  }

  /**
   * Sends the message that gives the job's provider the files that the job starts from. The message
   * has the number of the current try, so a repeated one has no lasting effect.
   *
   * @return the job as it is
   */
  public Job prepare(Job job) {
    int number = job.submission() instanceof Submission.Waiting waiting ? waiting.preparation() : 1;
    queues.download(List.of(new DownloadTask.Prepare(job.id(), number)), Duration.ZERO);
    return job;
  }

  private void lookUp(Job job, Submission.Unknown unknown, Instant now) {
    Provider.Found found = providers.of(job).find(job.id());
    switch (found) {
      case Provider.Found.There there -> accepted(job, there.providerJobs(), there.account());
      case Provider.Found.NotThere _, Provider.Found.CannotTell _
          when unknown.at().plus(delays.scaled(SILENCE)).isAfter(now) ->
          lookAgain(job, unknown, now);
      case Provider.Found.NotThere _, Provider.Found.CannotTell _ -> {
        if (job.unknowns() < MAX_UNKNOWNS && canKnow(job, found)) {
          callAgain(job, now);
        } else {
          end(job, Status.FAILED, job.reason().orElseThrow());
        }
      }
    }
  }

  /** Only one of several messages that looked the job up at once sends the next one. */
  private void lookAgain(Job job, Submission.Unknown unknown, Instant now) {
    Duration delay = delays.scaled(LOOK_AGAIN);
    jobs.apply(job.id(), new JobChange.LookUpPostponed(unknown.next(), now.plus(delay)), now)
        .ifPresent(_ -> queues.submission(job.id(), roundedUp(delay)));
  }

  /**
   * Whether silence says that nothing was bought: a callback would have come, or the provider said
   * that it has no such job. Where neither can be, only the owner can risk to pay twice.
   */
  private static boolean canKnow(Job job, Provider.Found found) {
    return job.callbacks() || found instanceof Provider.Found.NotThere;
  }

  /**
   * Makes the call that a job has claimed.
   *
   * @return the job as it stands after it
   */
  public Job make(Job job, Sources.Ready ready) {
    Optional<URI> callback;
    try {
      callback = callbacks.of(job);
    } catch (Settings.UnusableSettingException e) {
      // Every provider needs the URL, so another provider would not help.
      return postpone(
          job,
          Reasons.unavailable(job.provider(), String.valueOf(e.getMessage())),
          delays.submission(job.calls()));
    }
    Provider.Order order =
        new Provider.Order(
            job.id(),
            job.request().operation(),
            job.request().model(),
            callback,
            ready.source(),
            ready.image());
    return switch (submit(providers.of(job), order)) {
      case SubmitOutcome.Accepted accepted ->
          accepted(job, accepted.providerJobs(), accepted.account());
      case SubmitOutcome.Moderated no -> end(job, Status.REJECTED, no.reason());
      case SubmitOutcome.Refused no -> end(job, Status.FAILED, no.reason());
      case SubmitOutcome.Closed no -> {
        choose.report(job.provider(), no.reason(), List.of(), delays.scaled(CLOSED));
        yield elsewhere(job, no.reason()).orElseGet(() -> end(job, Status.FAILED, no.reason()));
      }
      case SubmitOutcome.TryLater later -> {
        Duration delay =
            longer(delays.submission(job.calls()), later.after().orElse(Duration.ZERO));
        Duration atLeast = longer(delays.submission(1), later.after().orElse(Duration.ZERO));
        choose.report(job.provider(), later.reason(), List.of(), atLeast);
        yield elsewhere(job, later.reason()).orElseGet(() -> postpone(job, later.reason(), delay));
      }
      case SubmitOutcome.AccountTrouble trouble -> {
        Duration delay = delays.account(job.calls());
        choose.report(job.provider(), trouble.reason(), trouble.accounts(), delay);
        yield elsewhere(job, trouble.reason())
            .orElseGet(() -> postpone(job, trouble.reason(), delay));
      }
      case SubmitOutcome.Unknown unknown -> {
        choose.report(job.provider(), unknown.reason(), List.of(), delays.scaled(UNSURE));
        yield unknown(job, unknown.reason());
      }
    };
  }

  /** Makes the call. A setting that it needs is read before anything is sent. */
  private static SubmitOutcome submit(Provider provider, Provider.Order order) {
    try {
      return provider.submit(order);
    } catch (Settings.UnusableSettingException e) {
      return new SubmitOutcome.TryLater(
          Reasons.unavailable(provider.name(), String.valueOf(e.getMessage())), Optional.empty());
    }
  }

  /** The job at another provider that can do it and is well, if there is one. */
  private Optional<Job> elsewhere(Job job, Reason why) {
    Optional<Job> moved =
        choose.instead(job).flatMap(other -> move(job, other, Optional.of(why), clock.instant()));
    moved.ifPresent(each -> queues.submission(each.id(), Duration.ZERO));
    return moved;
  }

  private Job accepted(Job job, List<String> providerJobs, Optional<String> account) {
    Instant now = clock.instant();
    LOG.info("the provider took the job as {}", providerJobs);
    return jobs.apply(job.id(), new JobChange.Accepted(providerJobs, account, now), now)
        // The callback may have been faster than the answer.
        .or(() -> jobs.apply(job.id(), new JobChange.AcceptedLate(providerJobs, account, now), now))
        .orElseGet(() -> current(job));
  }

  private Job postpone(Job job, Reason reason, Duration delay) {
    Instant now = clock.instant();
    LOG.warn("the call bought nothing, next in {}: {}", delay, reason);
    Optional<Job> after =
        jobs.apply(job.id(), new JobChange.Postponed(reason, now.plus(delay)), now);
    after.ifPresent(_ -> queues.submission(job.id(), roundedUp(delay)));
    return after.orElseGet(() -> current(job));
  }

  private Job unknown(Job job, Reason reason) {
    Instant now = clock.instant();
    LOG.warn("the call's outcome is unknown: {}", reason);
    Duration lookAgain = delays.scaled(LOOK_AGAIN);
    Optional<Job> after =
        jobs.apply(job.id(), new JobChange.OutcomeUnknown(reason, now.plus(lookAgain)), now);
    after.ifPresent(_ -> queues.submission(job.id(), roundedUp(lookAgain)));
    return after.orElseGet(() -> current(job));
  }

  private Job end(Job job, Status status, Reason reason) {
    LOG.warn("the job ends as {}: {}", status, reason);
    return jobs.apply(job.id(), new JobChange.Ended(status, reason), clock.instant())
        .orElseGet(() -> current(job));
  }

  private Job current(Job job) {
    return jobs.find(job.id()).orElse(job);
  }

  private static Duration longer(Duration one, Duration other) {
    Duration longest = one.compareTo(other) > 0 ? one : other;
    return longest.compareTo(Queues.MAX_DELAY) > 0 ? Queues.MAX_DELAY : longest;
  }

  /** Queues delay by whole seconds; a message must not come before its time. */
  private static Duration roundedUp(Duration delay) {
    Duration up = Duration.ofSeconds(delay.toSeconds() + 1);
    return up.compareTo(Queues.MAX_DELAY) > 0 ? Queues.MAX_DELAY : up;
  }
}
