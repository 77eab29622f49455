package io.riffhook.processes;

import io.riffhook.simulator.Simulator;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Has the provider misbehave in another way every two seconds, and half of the time not at all. */
final class Faults implements AutoCloseable {
  private static final Duration EACH = Duration.ofSeconds(2);

  private final Simulator simulator;
  private final SimulatorSettings well;
  private final Random random;
  private final Map<String, Integer> seen = new TreeMap<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("faults").unstarted(this::run);

  Faults(Simulator simulator, Random random) {
    this.simulator = simulator;
    this.well = simulator.settings();
    this.random = random;
  }

  private enum Fault {
    CALLBACKS_REPEATED,
    CALLBACKS_DROPPED,
    CALLBACKS_LATE,
    CALLBACKS_REORDERED,
    CALLBACKS_FORGED,
    CREATE_BUSY,
    CREATE_5XX,
    CREATE_UNANSWERED,
    FILE_CUT,
    FILE_HTML;

    private SimulatorSettings in(SimulatorSettings well) {
      return switch (this) {
        case CALLBACKS_REPEATED -> well.callbacks(c -> c.withDuplicates(2));
        case CALLBACKS_DROPPED -> well.callbacks(c -> c.withNever(true));
        case CALLBACKS_LATE -> well.callbacks(c -> c.withDelay(Duration.ofSeconds(3)));
        case CALLBACKS_REORDERED -> well.callbacks(c -> c.withTerminalFirst(true));
        case CALLBACKS_FORGED -> well.callbacks(c -> c.withForgedCompleted(true));
        case CREATE_BUSY -> well.create(c -> c.withTooManyRequestsFirst(2));
        case CREATE_5XX -> well.create(c -> c.withServerErrorFirst(1));
        case CREATE_UNANSWERED -> well.create(c -> c.withDropFirst(1));
        case FILE_CUT -> well.media(m -> m.withCutFirst(1));
        case FILE_HTML -> well.media(m -> m.withHtmlFirst(1));
      };
    }
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!stopped.await(EACH.toMillis(), TimeUnit.MILLISECONDS)) {
        if (random.nextBoolean()) {
          Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
          simulator.settings(fault.in(well));
          synchronized (seen) {
            seen.merge(fault.name(), 1, Integer::sum);
          }
        } else {
          simulator.settings(well);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      simulator.settings(well);
    }
  }

  /** How often each fault was in force. */
  Map<String, Integer> seen() {
    synchronized (seen) {
      return new TreeMap<>(seen);
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
