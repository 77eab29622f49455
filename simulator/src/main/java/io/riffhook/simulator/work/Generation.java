package io.riffhook.simulator.work;

import io.riffhook.simulator.settings.CallbackSettings;
import io.riffhook.simulator.settings.LiveSettings;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does work: lets its time pass and tells its callers. Each piece has a virtual thread of its own
 * while it is done.
 */
public final class Generation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Generation.class);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final LiveSettings settings;

  public Generation(LiveSettings settings) {
    this.settings = settings;
  }

  /**
   * Starts work; does it whole before it returns when the settings want callbacks before the
   * answer.
   */
  public void start(Work work) {
    start(work, settings.get().generation().duration());
  }

  /** Starts work that takes another time than that of the settings. */
  public void start(Work work, Duration duration) {
    SimulatorSettings now = settings.get();
    if (now.callbacks().beforeAnswer()) {
      make(work, now, Duration.ZERO);
    } else {
      threads.execute(() -> make(work, now, duration));
    }
  }

  /** Leaves unfinished what is under way. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static void make(Work work, SimulatorSettings now, Duration duration) {
    try {
      Ending ending = ending(work, now);
      CallbackSettings how = now.callbacks();
      if (how.forgedCompleted()) {
        work.tell(new Notice.End(Ending.COMPLETED), how);
      }
      if (how.terminalFirst()) {
        Thread.sleep(duration);
        work.finish(ending);
        work.tell(new Notice.End(ending), how);
        progress(work, how, Duration.ZERO);
      } else {
        Duration step = duration.dividedBy(how.progressPosts() + 1L);
        progress(work, how, step);
        Thread.sleep(step);
        work.finish(ending);
        work.tell(new Notice.End(ending), how);
      }
    } catch (InterruptedException e) {
      LOG.debug("{} is not finished: the simulator was closed", work.id());
      Thread.currentThread().interrupt();
    }
  }

  private static void progress(Work work, CallbackSettings how, Duration step)
      throws InterruptedException {
    for (int post = 1; post <= how.progressPosts(); post++) {
      Thread.sleep(step);
      work.tell(new Notice.Progress(100 * post / (how.progressPosts() + 1)), how);
    }
  }

  private static Ending ending(Work work, SimulatorSettings now) {
    boolean fails = Pattern.compile(now.generation().failing()).matcher(work.text()).find();
    return fails ? Ending.FAILED : Ending.COMPLETED;
  }
}
