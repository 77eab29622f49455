package io.riffhook.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Batches in memory. Safe for use by several threads. */
public final class InMemoryBatchStore implements BatchStore {
  private final Map<BatchId, Batch> batches = new HashMap<>();
  private final Map<BatchLine, Reason> refused = new HashMap<>();

  @Override
  public synchronized boolean insert(Batch batch) {
    return batches.putIfAbsent(batch.id(), batch) == null;
  }

  @Override
  public synchronized Optional<Batch> find(BatchId id) {
    return Optional.ofNullable(batches.get(id));
  }

  @Override
  public synchronized Optional<Batch> apply(BatchId id, BatchChange change, Instant now) {
    Optional<Batch> next = find(id).flatMap(batch -> batch.after(change, now));
    next.ifPresent(batch -> batches.put(id, batch));
    return next;
  }

  @Override
  public synchronized Page<Batch> ofOwner(Owner owner, Page.Request page) {
    List<Batch> listed =
        batches.values().stream()
            .filter(batch -> batch.owner().equals(owner))
            .sorted(
                Comparator.comparing(Batch::createdAt)
                    .thenComparing(batch -> batch.id().value())
                    .reversed())
            .toList();
    return InMemoryPages.page("batches", owner, listed, _ -> true, each -> each.id().value(), page);
  }

  @Override
  public synchronized void refuse(BatchLine line, Reason reason) {
    refused.putIfAbsent(line, reason);
  }

  @Override
  public synchronized Map<Integer, Reason> refusals(BatchId id) {
    Map<Integer, Reason> found = new HashMap<>();
    refused.forEach(
        (line, reason) -> {
          if (line.batch().equals(id)) {
            found.put(line.number(), reason);
          }
        });
    return found;
  }

  /** Every batch there is, of every owner. */
  public synchronized List<Batch> all() {
    return List.copyOf(batches.values());
  }
}
