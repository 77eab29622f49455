package io.riffhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which callbacks of progress are worth a write: those that are further than what was written, and
 * one a second for each job. It knows what one process has seen lately, no more; what it lets
 * through by mistake the store's condition refuses. Safe for use by several threads.
 */
final class ProgressPace {
  /** How long after a write of a job's progress the next is made. */
  static final Duration PACE = Duration.ofSeconds(1);

  /** Of so many it remembers the last write. */
  static final int MOST = 1_000;

  /**
   * What a callback is about.
   *
   * @param about {@link #ALL}, or the provider job that it names. Where the answer to the job's
   *     call is not known, the first callback that names a provider job may be the only word of it,
   *     and is no repetition
   */
  private record Subject(JobId job, int attempt, String about) {
    private static Subject of(JobId job, int attempt, Optional<String> providerJob) {
      return new Subject(job, attempt, providerJob.orElse(ReceiveCallback.UNNAMED));
    }
  }

  private static final String ALL = "";

  private record Written(int percent, Instant at) {}

  private final Map<Subject, Written> last =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, Written> eldest) {
          return size() > MOST;
        }
      };

  /** Whether a callback is worth a write. */
  synchronized boolean admits(
      JobId job, int attempt, Optional<String> providerJob, int percent, Instant now) {
    return admits(new Subject(job, attempt, ALL), percent, now)
        && admits(Subject.of(job, attempt, providerJob), percent, now);
  }

  private boolean admits(Subject subject, int percent, Instant now) {
    Written before = last.get(subject);
    return before == null || (before.percent() < percent && !before.at().plus(PACE).isAfter(now));
  }

  /**
   * Remembers a write.
   *
   * @param after the job after it, if it was not refused
   */
  synchronized void written(
      JobId job,
      int attempt,
      Optional<String> providerJob,
      int percent,
      Instant now,
      Optional<Job> after) {
    boolean knowsItsProviderJobs =
        after.filter(known -> known.submission() instanceof Submission.Accepted).isPresent();
    Subject subject =
        knowsItsProviderJobs
            ? new Subject(job, attempt, ALL)
            : Subject.of(job, attempt, providerJob);
    // The latest last: whoever was written of longest ago is forgotten first.
    last.remove(subject);
    last.put(subject, new Written(percent, now));
  }
}
