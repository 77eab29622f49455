package io.riffhook.processes;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Kills a random process every now and then, most often at a random point of its work. While two of
 * them have not been replaced it waits: a machine that starts them slowly gets fewer kills, and
 * still has some to kill.
 */
final class Killer implements AutoCloseable {
  /** Each function as often as it stands here. */
  private static final List<String> VICTIMS =
      List.of(
          "SubmitFunction",
          "SubmitFunction",
          "SubmitFunction",
          "CallbackFunction",
          "CallbackFunction",
          "CallbackFunction",
          "DownloadFunction",
          "DownloadFunction",
          "DownloadFunction",
          "DownloadFunction",
          "CheckFunction",
          "CheckFunction",
          "ApiFunction");

  /** Some invocations take longer than the average, so some kills come later than that. */
  private static final double LATEST_POINT = 1.3;

  private final FunctionProcesses functions;
  private final Duration every;
  private final int most;
  private final Random random;
  private final Map<String, Integer> kills = new TreeMap<>();
  private final Semaphore starting = new Semaphore(2);
  private final Semaphore done = new Semaphore(0);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("killer").unstarted(this::kill);

  /**
   * Makes a killer.
   *
   * @param every the time between two kills, on the average
   * @param most how many it kills
   */
  Killer(FunctionProcesses functions, Duration every, int most, Random random) {
    this.functions = functions;
    this.every = every;
    this.most = most;
    this.random = random;
  }

  void start() {
    thread.start();
  }

  private void kill() {
    try {
      int killed = 0;
      while (killed < most
          && !stopped.await(
              Math.round(every.toMillis() * (0.5 + random.nextDouble())), TimeUnit.MILLISECONDS)) {
        String victim = VICTIMS.get(random.nextInt(VICTIMS.size()));
        double point = random.nextDouble() * LATEST_POINT;
        starting.acquire();
        if (stopped.getCount() == 0) {
          return;
        }
        if (functions.of(victim).kill(point, every, starting::release)) {
          killed++;
          count(victim);
          done.release();
        } else {
          starting.release();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void count(String victim) {
    kills.merge(victim, 1, Integer::sum);
  }

  /** How many processes were killed, by function. */
  synchronized Map<String, Integer> kills() {
    return new TreeMap<>(kills);
  }

  /** Waits until so many were killed. */
  void awaitKills(int least) throws InterruptedException {
    done.acquire(least);
  }

  /** Kills nothing more. */
  @Override
  public void close() {
    stopped.countDown();
    starting.release(); // to a kill that waits; none follows it
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
