package io.riffhook.simulator.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The latest requests. An answer is recorded before its first byte is sent, so a caller who has it
 * finds it here. Thread-safe.
 */
public final class Journal {
  private static final int CAPACITY = 10_000;

  private final Deque<RecordedRequest> requests = new ArrayDeque<>();

  /** The latest 10,000 requests, oldest first. */
  public synchronized List<RecordedRequest> requests() {
    return List.copyOf(requests);
  }

  synchronized void add(RecordedRequest request) {
    if (requests.size() == CAPACITY) {
      requests.removeFirst();
    }
    requests.addLast(request);
  }
}
