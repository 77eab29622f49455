package io.riffhook.processes;

import io.riffhook.domain.JobId;
import io.riffhook.domain.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reads open jobs over the API, as a caller does, and sees that none goes back there either. */
final class ApiReader implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final int AT_ONCE = 3;

  private final Caller caller;
  private final StatusJournal journal;
  private final Map<JobId, Status> seen = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("reader").unstarted(this::read);

  ApiReader(Caller caller, StatusJournal journal) {
    this.caller = caller;
    this.journal = journal;
  }

  void start() {
    thread.start();
  }

  private void read() {
    try {
      while (!stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        List<JobId> open =
            journal.latest().entrySet().stream()
                .filter(job -> !job.getValue().isTerminal())
                .map(Map.Entry::getKey)
                .limit(AT_ONCE)
                .toList();
        for (JobId job : open) {
          look(job);
        }
      }
    } catch (IOException e) {
      synchronized (violations) {
        violations.add("the API answered what cannot be read: " + e.getMessage());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(JobId job) throws IOException, InterruptedException {
    Optional<Status> status = caller.status(job).map(Status::valueOf);
    if (status.isEmpty()) {
      return; // killed; the next look has more luck
    }
    Status before = seen.put(job, status.get());
    if (before != null && StatusJournal.isBack(before, status.get())) {
      synchronized (violations) {
        violations.add("%s went from %s to %s over the API".formatted(job, before, status.get()));
      }
    }
  }

  /** What must not be. */
  List<String> violations() {
    synchronized (violations) {
      return List.copyOf(violations);
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
