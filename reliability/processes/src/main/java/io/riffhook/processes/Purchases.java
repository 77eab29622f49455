package io.riffhook.processes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffhook.domain.JobId;
import io.riffhook.simulator.Simulator;
import io.riffhook.simulator.http.RecordedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What was bought, by the provider's own journal: each call that it took, whatever became of its
 * answer.
 */
final class Purchases implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /** The simulator keeps 10,000 requests: far more than come in this time. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Simulator simulator;
  private final Map<JobId, List<Purchase>> byJob = new HashMap<>();
  private final Map<Integer, Integer> refused = new HashMap<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("purchases").unstarted(this::watch);
  private Set<RecordedRequest> known = identities(List.of());

  Purchases(Simulator simulator) {
    this.simulator = simulator;
  }

  /**
   * A song that was bought.
   *
   * @param answered whether the connection held until the answer was sent
   */
  record Purchase(Instant at, boolean answered) {}

  void start() {
    thread.start();
  }

  private void watch() {
    try {
      do {
        take();
      } while (!stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
      take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void take() {
    List<RecordedRequest> requests = simulator.requests();
    for (RecordedRequest request : requests) {
      if (request.path().contains("/music/create-") && !known.contains(request)) {
        take(request);
      }
    }
    known = identities(requests);
  }

  private void take(RecordedRequest create) {
    if (create.status() == 200 || create.status() == 0) {
      byJob
          .computeIfAbsent(job(create), _ -> new ArrayList<>())
          .add(new Purchase(create.time(), create.status() == 200));
    } else {
      refused.merge(create.status(), 1, Integer::sum);
    }
  }

  private static JobId job(RecordedRequest create) {
    try {
      return new JobId(JSON.readTree(create.body()).path("replyRef").asText());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the simulator took what is no JSON", e);
    }
  }

  /** Two equal requests are two: a record's own equality would make them one. */
  private static Set<RecordedRequest> identities(List<RecordedRequest> requests) {
    Set<RecordedRequest> set = Collections.newSetFromMap(new IdentityHashMap<>());
    set.addAll(requests);
    return set;
  }

  synchronized List<Purchase> of(JobId job) {
    return List.copyOf(byJob.getOrDefault(job, List.of()));
  }

  /** What was bought for jobs other than these, each in a sentence. */
  synchronized List<String> unclaimed(Collection<JobId> jobs) {
    Set<JobId> known = Set.copyOf(jobs);
    return byJob.keySet().stream()
        .filter(job -> !known.contains(job))
        .map(job -> "a song was bought for " + job + ", which nobody asked for")
        .toList();
  }

  /** How many calls were not taken, by their status. */
  synchronized Map<Integer, Integer> refused() {
    return Map.copyOf(refused);
  }

  /** Takes what came until now, and stops. */
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
