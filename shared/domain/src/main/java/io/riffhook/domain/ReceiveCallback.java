package io.riffhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles a callback whose token was valid: one conditional write and, for the first final callback
 * of each provider job, one message that leads to a read at the provider. A body that says nothing
 * readable counts as a final callback that names no provider job. A repeated, late or reordered
 * callback changes nothing. Progress is written once a second for each job by each instance, so a
 * provider that calls at every percent costs little.
 */
public final class ReceiveCallback {
  /** Stands for "some provider job", if a callback does not say which. */
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
   * Handles a callback for an attempt of a job.
   *
   * @return whether it changed anything
   */
  public boolean receive(JobId id, int attempt, Callback callback) {
    return switch (callback) {
      case Callback.Progress progress -> progressed(id, attempt, progress);
      case Callback.Finished finished -> finished(id, attempt, finished.providerJob());
      case Callback.Unreadable unreadable -> {
        LOG.warn("the callback's body cannot be read: {}", unreadable.why());
        yield finished(id, attempt, Optional.empty());
      }
      case Callback.Forged forged -> {
        LOG.warn("callback ignored: {}", forged.why());
        yield false;
      }
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
    if (after.isPresent() && named.filter(each -> isNews(after.get(), each)).isPresent()) {
      // If the answer to the call is lost, this callback alone names what the call bought.
      send(new DownloadTask.Adopt(id, named.get(), 1));
    }
    return after.isPresent();
  }

  /** Whether the provider's answer has not come yet and nothing else named the provider job. */
  private static boolean isNews(Job job, String providerJob) {
    return !(job.submission() instanceof Submission.Accepted)
        && !job.providerJobs().contains(providerJob);
  }

  private boolean finished(JobId id, int attempt, Optional<String> claimed) {
    Optional<String> providerJob = claimed.filter(each -> !isNoId(each));
    String key = providerJob.orElse(UNNAMED);
    boolean first =
        jobs.apply(id, new JobChange.Woken(attempt, key), clock.instant())
            .or(() -> jobs.apply(id, new JobChange.WokenLate(attempt, key), clock.instant()))
            .isPresent();
    if (first) {
      send(new DownloadTask.Collect(id, providerJob, 1));
      LOG.info("final callback of provider job {}", key);
    } else {
      LOG.info("callback of provider job {} changes nothing", key);
    }
    return first;
  }

  private void send(DownloadTask task) {
    FollowUp.run(
        "sending the read that a callback asks for",
        () -> queues.download(List.of(task), Duration.ZERO));
  }

  private static boolean isNoId(String providerJob) {
    return providerJob.isEmpty() || providerJob.length() > MAX_ID;
  }
}
