package io.riffhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Waits a while for a job to end, for a caller who wants one answer instead of two.
 *
 * <p>It reads the job again and again, with pauses that grow from half a second to two: some
 * fifteen reads in 25 seconds. A read costs a few percent of what the waiting function itself costs
 * in a second, and nothing else has to be there for it: no connection between the functions, and no
 * place that has to remember who waits.
 */
public final class WaitForJob {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final JobStore jobs;
  private final InstantSource clock;
  private final Sleep sleep;

  public WaitForJob(JobStore jobs, InstantSource clock, Sleep sleep) {
    this.jobs = jobs;
    this.clock = clock;
    this.sleep = sleep;
  }

  /** Lets time pass. */
  @FunctionalInterface
  public interface Sleep {
    /** As {@link Thread#sleep(Duration)}, which each place that waits for a caller uses. */
    Sleep THREAD = Thread::sleep;

    void pause(Duration duration) throws InterruptedException;
  }

  /** The job as it is when it has ended, or at the time if it has not. */
  public Job until(Job job, Instant end) {
    Job latest = job;
    Duration pause = FIRST;
    while (!latest.status().isTerminal()) {
      Duration left = Duration.between(clock.instant(), end);
      if (!left.isPositive()) {
        return latest;
      }
      try {
        sleep.pause(pause.compareTo(left) < 0 ? pause : left);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return latest;
      }
      Optional<Job> now = jobs.find(job.id());
      latest = now.orElse(latest);
      pause = pause.multipliedBy(3).dividedBy(2);
      pause = pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }
    return latest;
  }
}
