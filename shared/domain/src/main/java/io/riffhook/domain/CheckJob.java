package io.riffhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The liveness rule: every unfinished job has a check message, which comes back with growing delay,
 * takes up whatever was left half done, and ends the job at its deadline.
 *
 * <p>The next message is sent before its number is written, so a crash between the two leaves one
 * too many and never none; of two with one number the later finds the number taken and ends there.
 */
public final class CheckJob {
  /** How long something may be under way before it is taken for lost. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  /** How long an event may take to be handed on before its message is taken for lost. */
  private static final Duration UNTOLD = Duration.ofMinutes(1);

  /** Longer than any function that writes a job may take. */
  private static final Duration WRITING = Duration.ofSeconds(60);

  private static final Set<Status> WAITING_FOR_CALLBACKS =
      Set.of(Status.GENERATING, Status.STORING);

  private static final Logger LOG = LoggerFactory.getLogger(CheckJob.class);

  private final JobStore jobs;
  private final SongStore songs;
  private final Queues queues;
  private final Providers providers;
  private final CollectSongs collect;
  private final FinishSong finish;
  private final Delays delays;
  private final InstantSource clock;

  public CheckJob(
      JobStore jobs,
      SongStore songs,
      Queues queues,
      Providers providers,
      CollectSongs collect,
      FinishSong finish,
      Delays delays,
      InstantSource clock) {
    this.jobs = jobs;
    this.songs = songs;
    this.queues = queues;
    this.providers = providers;
    this.collect = collect;
    this.finish = finish;
    this.delays = delays;
    this.clock = clock;
  }

  /** Checks a job, and sends its next check unless it has ended. */
  public void check(JobId id, int number) {
    Optional<Job> found = jobs.find(id);
    if (found.isEmpty()) {
      if (number == 1) {
        lookOnceMore(id, number);
      } else {
        LOG.info("no such job: its submission was never written");
      }
      return;
    }
    Job job = found.get();
    if (job.status() == Status.FAILED && number == job.checks() + 1) {
      lookOnceMore(id, number);
      return;
    }
    if (isOver(job) || number < job.checks()) {
      return;
    }
    Instant now = clock.instant();
    tellAgain(job, now);
    Duration delay;
    if (job.status().isTerminal()) {
      delay = delays.check(true, PATIENCE, number + 1);
    } else if (now.isBefore(job.deadline())) {
      Job after = repair(job, now);
      Duration pace =
          providers
              .find(job.provider())
              .map(provider -> provider.capabilities().pace())
              .orElse(PATIENCE);
      delay =
          shorter(
              delays.check(job.callbacks(), pace, number + 1),
              shorter(Duration.between(now, job.deadline()), untilSilenceEnds(after, now)));
    } else {
      Reason late = Reasons.deadlinePassed(job.deadline(), "the job was " + job.status());
      LOG.warn("the job ends as FAILED: {}", late);
      jobs.apply(id, new JobChange.Ended(Status.FAILED, late), now);
      delay = delays.check(true, PATIENCE, 1);
    }
    queues.check(id, number + 1, delay);
    jobs.apply(id, new JobChange.CheckSent(number + 1), now);
  }

  /** Whether nothing is left to be done, nor to be told. */
  private static boolean isOver(Job job) {
    return job.status().isTerminal() && job.untold().isEmpty();
  }

  private void tellAgain(Job job, Instant now) {
    job.untold().stream()
        .findFirst()
        .filter(event -> event.at().plus(delays.scaled(UNTOLD)).isBefore(now))
        .ifPresent(
            event -> {
              LOG.warn("{} was not told: sending its message again", event.type().value());
              queues.notification(new NotificationTask.Announce(job.id()), Duration.ZERO);
            });
  }

  /**
   * Whoever sent this message was about to write the job, or to run it again, and may be slow: by
   * the next look its function has either done so or been stopped.
   */
  private void lookOnceMore(JobId id, int number) {
    LOG.info("nothing to check yet");
    queues.check(id, number + 1, WRITING);
  }

  /**
   * How long until the job stops to wait for callbacks that nobody can name. All its files may be
   * stored long before, and only a check ends the job then.
   */
  private Duration untilSilenceEnds(Job job, Instant now) {
    return job.silenceEnds(delays.scaled(CallProvider.SILENCE))
        .filter(_ -> WAITING_FOR_CALLBACKS.contains(job.status()))
        .filter(end -> end.isAfter(now))
        // Queues wait whole seconds.
        .map(end -> Duration.ofSeconds(Duration.between(now, end).toSeconds() + 1))
        .orElse(Queues.MAX_DELAY);
  }

  /** Takes up what was left half done, and gives the job as it is then. */
  private Job repair(Job job, Instant now) {
    switch (job.status()) {
      case QUEUED -> {
        if (job.submission().due().plus(delays.scaled(PATIENCE)).isBefore(now)) {
          LOG.warn("the call to the provider is overdue: sending its message again");
          queues.submission(job.id(), Duration.ZERO);
        }
      }
      case SUBMITTED, GENERATING, STORING -> {
        if (canRead(job)) {
          readAll(job);
        } else {
          LOG.error("{} is not configured any more: the job waits for it", job.provider());
          noteAbsence(job, now);
        }
        repairSongs(job, now);
        return conclude(job);
      }
      case READY, REJECTED, FAILED, CANCELLED -> throw new IllegalStateException("ended");
    }
    return job;
  }

  /**
   * Whether its provider is configured still. Where it is not, the checks go on, for it may be
   * again before the deadline; a failed message would end them long before.
   */
  private boolean canRead(Job job) {
    return providers.find(job.provider()).isPresent();
  }

  private void noteAbsence(Job job, Instant now) {
    Reason absent = Reasons.unavailable(job.provider(), "it is not configured any more");
    if (!job.reason().equals(Optional.of(absent))) {
      jobs.apply(job.id(), new JobChange.Noted(absent), now);
    }
  }

  private void readAll(Job job) {
    for (String providerJob : job.uncollected()) {
      collect.read(job, providerJob);
    }
    if (job.knowsAll()) {
      return;
    }
    // A callback came and the answer that names its provider job did not.
    collect.lookFor(job);
    for (String named : job.woken()) {
      if (!named.equals(ReceiveCallback.UNNAMED) && !job.providerJobs().contains(named)) {
        queues.download(
            List.of(new DownloadTask.Collect(job.id(), Optional.of(named), 4)), Duration.ZERO);
      }
    }
  }

  private void repairSongs(Job job, Instant now) {
    Instant since = now.minus(delays.scaled(PATIENCE));
    Set<String> overdue = new LinkedHashSet<>();
    for (Song song : songs.findAll(job.songs())) {
      if (job.storedSongs().contains(song.id().number())) {
        continue;
      }
      if (!song.pending().isEmpty()) {
        if (song.isOverdue(since)) {
          LOG.warn("assets of song {} are overdue", song.id());
          overdue.add(song.providerJob());
        }
      } else if (song.updatedAt().isBefore(since)) {
        LOG.warn("song {} was not finished: finishing it", song.id());
        finish.finish(song);
      }
    }
    if (canRead(job)) {
      overdue.forEach(providerJob -> collect.read(job, providerJob));
    }
  }

  /** Takes the last step, should whoever took the one before it have died in between. */
  private Job conclude(Job job) {
    Optional<Job> now = jobs.find(job.id());
    now.ifPresent(finish::conclude);
    return now.orElse(job);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
