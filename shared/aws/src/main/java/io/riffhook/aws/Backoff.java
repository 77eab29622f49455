package io.riffhook.aws;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How to wait before a service is asked for the rest of a batch that it took in part. */
@FunctionalInterface
interface Backoff {
  /** How often a batch is sent before giving up. */
  int ATTEMPTS = 6;

  /** Full jitter, up to 50 ms and twice as much each time. */
  Backoff JITTERED =
      attempt -> pause(Duration.ofMillis(ThreadLocalRandom.current().nextLong(50L << attempt)));

  /**
   * Waits after an attempt, the first being 0.
   *
   * @throws IncompleteBatchException where the thread is interrupted
   */
  void after(int attempt);

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IncompleteBatchException("interrupted while a batch was unfinished", e);
    }
  }
}
