package io.riffhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a callback whose token was valid, as a wake-up: one conditional write and, for the first
 * final one of each provider job, one message that has the truth read from the provider. A
 * repeated, late or reordered callback changes nothing. Callbacks of progress are written once a
 * second for each job, by each of these: a provider that calls at every percent costs little.
 */
public final class ReceiveCallback {
  /** Stands for "some provider job", where a callback does not say which. */
  static final String UNNAMED = "*";

  private static final int MAX_ID = 200;
  private static final Logger LOG = LoggerFactory.getLogger(ReceiveCallback.class);

  private final JobStore jobs;
  private final Queues queues;
  private final InstantSource clock;
  private final ProgressPace pace = new ProgressPace();

  public ReceiveCallback(JobStore jobs, Queues queues, InstantSource clock) {
    this.jobs = jobs;
    this.queues = queues;
    this.clock = clock;
  }

  /**
   * Takes what a callback claims of an attempt of a job.
   *
   * @return whether it changed anything
   */
  public boolean receive(JobId id, int attempt, Callback callback) {
    return switch (callback) {
      case Callback.Progress progress -> progressed(id, attempt, progress);
      case Callback.Finished finished
          when finished.providerJob().filter(this::isNoId).isPresent() ->
          ignored("its provider job id is too long");
      case Callback.Finished finished -> finished(id, attempt, finished.providerJob());
      case Callback.Unreadable unreadable -> ignored(unreadable.why());
      case Callback.Forged forged -> ignored(forged.why());
    };
  }

  private boolean progressed(JobId id, int attempt, Callback.Progress progress) {
    Instant now = clock.instant();
    Optional<String> named = progress.providerJob().filter(each -> !isNoId(each));
    if (!pace.admits(id, attempt, named, progress.percent(), now)) {
      return false;
    }
    Optional<Job> after =
        jobs.apply(id, new JobChange.Progressed(attempt, progress.percent()), now);
    pace.written(id, attempt, named, progress.percent(), now, after);
    if (after.isPresent()
        && named.isPresent()
        && !(after.get().submission() instanceof Submission.Accepted)) {
      // Should the answer to the call be lost, this is the only word of what it bought.
      queues.download(List.of(new DownloadTask.Collect(id, named, 1)), Duration.ZERO);
    }
    return after.isPresent();
  }

  private boolean finished(JobId id, int attempt, Optional<String> providerJob) {
    String key = providerJob.orElse(UNNAMED);
    boolean first =
        jobs.apply(id, new JobChange.Woken(attempt, key), clock.instant())
            .or(() -> jobs.apply(id, new JobChange.WokenLate(attempt, key), clock.instant()))
            .isPresent();
    if (first) {
      queues.download(List.of(new DownloadTask.Collect(id, providerJob, 1)), Duration.ZERO);
      LOG.info("final callback of provider job {}", key);
    } else {
      LOG.info("callback of provider job {} changes nothing", key);
    }
    return first;
  }

  private boolean isNoId(String providerJob) {
    return providerJob.isEmpty() || providerJob.length() > MAX_ID;
  }

  private boolean ignored(String why) {
    LOG.warn("callback ignored: {}", why);
    return false;
  }
}
