package io.riffhook.simulator.useapi;

import io.riffhook.simulator.settings.CallbackSettings;
import io.riffhook.simulator.settings.LiveSettings;
import io.riffhook.simulator.settings.SimulatorSettings;
import io.riffhook.simulator.useapi.SimulatedSong.Status;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes songs: lets their time pass and tells their callers. Each song has a virtual thread of its
 * own while it is made.
 */
final class Generation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Generation.class);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final LiveSettings settings;
  private final Callbacks callbacks;

  Generation(LiveSettings settings, Callbacks callbacks) {
    this.settings = settings;
    this.callbacks = callbacks;
  }

  /** Starts to make a song; makes it whole when the settings want callbacks before the answer. */
  void start(SimulatedSong song) {
    SimulatorSettings now = settings.get();
    if (now.callbacks().beforeAnswer()) {
      make(song, now, Duration.ZERO);
    } else {
      threads.execute(() -> make(song, now, now.generation().duration()));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    callbacks.close();
  }

  private void make(SimulatedSong song, SimulatorSettings now, Duration duration) {
    try {
      Status end = ending(song, now);
      CallbackSettings how = now.callbacks();
      if (how.forgedCompleted()) {
        callbacks.end(song, Status.COMPLETED, how);
      }
      if (how.terminalFirst()) {
        Thread.sleep(duration);
        song.finish(end);
        callbacks.end(song, end, how);
        progress(song, how, Duration.ZERO);
      } else {
        Duration step = duration.dividedBy(how.progressPosts() + 1L);
        progress(song, how, step);
        Thread.sleep(step);
        song.finish(end);
        callbacks.end(song, end, how);
      }
    } catch (InterruptedException e) {
      LOG.debug("Song {} is not finished: the simulator was closed", song.facts().id());
      Thread.currentThread().interrupt();
    }
  }

  private void progress(SimulatedSong song, CallbackSettings how, Duration step)
      throws InterruptedException {
    for (int post = 1; post <= how.progressPosts(); post++) {
      Thread.sleep(step);
      callbacks.progress(song, 100 * post / (how.progressPosts() + 1), how);
    }
  }

  private static Status ending(SimulatedSong song, SimulatorSettings now) {
    boolean fails =
        Pattern.compile(now.generation().failing()).matcher(song.facts().brief().prompt()).find();
    return fails ? Status.FAILED : Status.COMPLETED;
  }
}
