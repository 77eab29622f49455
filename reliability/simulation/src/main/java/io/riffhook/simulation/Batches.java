package io.riffhook.simulation;

import io.riffhook.domain.Batch;
import io.riffhook.domain.BatchChange;
import io.riffhook.domain.BatchId;
import io.riffhook.domain.BatchLine;
import io.riffhook.domain.BatchStore;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Page;
import io.riffhook.domain.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A batch store that a mistake can be made in. */
class Batches implements BatchStore {
  private final BatchStore batches;

  Batches(BatchStore batches) {
    this.batches = batches;
  }

  @Override
  public boolean insert(Batch batch) {
    return batches.insert(batch);
  }

  @Override
  public Optional<Batch> find(BatchId id) {
    return batches.find(id);
  }

  @Override
  public Optional<Batch> apply(BatchId id, BatchChange change, Instant now) {
    return batches.apply(id, change, now);
  }

  @Override
  public Page<Batch> ofOwner(Owner owner, Page.Request page) {
    return batches.ofOwner(owner, page);
  }

  @Override
  public void refuse(BatchLine line, Reason reason) {
    batches.refuse(line, reason);
  }

  @Override
  public Map<Integer, Reason> refusals(BatchId id) {
    return batches.refusals(id);
  }
}
