package io.riffhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Runs a failed job again, under its own id. A job that has songs is taken up where it failed, for
 * they are paid; one that has none is submitted anew.
 */
public final class RunAgain {
  private final JobStore jobs;
  private final SongStore songs;
  private final Queues queues;
  private final Providers providers;
  private final OwnerLimits limits;
  private final Delays delays;
  private final InstantSource clock;

  public RunAgain(
      JobStore jobs,
      SongStore songs,
      Queues queues,
      Providers providers,
      OwnerLimits limits,
      Delays delays,
      InstantSource clock) {
    this.jobs = jobs;
    this.songs = songs;
    this.queues = queues;
    this.providers = providers;
    this.limits = limits;
    this.delays = delays;
    this.clock = clock;
  }

  /** What came of it. */
  public sealed interface Result {
    /** The job in its new attempt. */
    record Running(Job job) implements Result {}

    /** The job is not one that failed. */
    record NotFailed() implements Result {}

    /** Its owner has as many jobs as it may have. The job stands as it stood. */
    record OverLimit(OwnerLimits.Decision.Refused why) implements Result {}
  }

  /** Begins a new attempt, which counts for its owner's limits as a new job does. */
  public Result run(Job job) {
    if (job.status() != Status.FAILED) {
      return new Result.NotFailed();
    }
    Instant now = clock.instant();
    int check = job.checks() + 1;
    Duration pace = providers.of(job).capabilities().pace();
    if (limits.admit(job.owner(), job.id(), job.attempt() + 1)
        instanceof OwnerLimits.Decision.Refused refused) {
      return new Result.OverLimit(refused);
    }
    // First, as with a new job: a check that finds the job still failed ends there.
    queues.check(job.id(), check, delays.check(job.callbacks(), pace, 1));
    Optional<Job> next = job.songNumbers().isEmpty() ? restart(job, now) : resume(job, now);
    next.ifPresent(
        _ ->
            FollowUp.run(
                "numbering the check of job " + job.id(),
                () -> jobs.apply(job.id(), new JobChange.CheckSent(check), now)));
    return next.<Result>map(Result.Running::new).orElseGet(Result.NotFailed::new);
  }

  private Optional<Job> restart(Job job, Instant now) {
    JobChange again = new JobChange.Restarted(job.attempt() + 1, now.plus(SubmitJob.LIFE), now);
    Optional<Job> next = jobs.apply(job.id(), again, now);
    next.ifPresent(
        _ ->
            FollowUp.run(
                "submitting job " + job.id() + " again",
                () -> queues.submission(job.id(), Duration.ZERO)));
    return next;
  }

  private Optional<Job> resume(Job job, Instant now) {
    JobChange again = new JobChange.Resumed(job.attempt() + 1, now.plus(SubmitJob.LIFE));
    Optional<Job> next = jobs.apply(job.id(), again, now);
    if (next.isPresent()) {
      FollowUp.run("resuming job " + job.id(), () -> fetchAgain(job, now));
    }
    return next;
  }

  private void fetchAgain(Job job, Instant now) {
    for (Song song : songs.findAll(job.songs())) {
      song.assets().stream()
          .filter(asset -> asset.state() instanceof Asset.Failed)
          .forEach(asset -> songs.apply(song.id(), new SongChange.TriedAgain(asset.name()), now));
    }
    queues.download(
        List.of(new DownloadTask.Collect(job.id(), Optional.empty(), 1)), Duration.ZERO);
  }
}
