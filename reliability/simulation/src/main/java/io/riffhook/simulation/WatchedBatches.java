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

/** Batches, each change of which is shown to the ledger as it happens. */
final class WatchedBatches implements BatchStore {
  private final BatchStore batches;
  private final Effects effects;
  private final Ledger ledger;

  WatchedBatches(BatchStore batches, Effects effects, Ledger ledger) {
    this.batches = batches;
    this.effects = effects;
    this.ledger = ledger;
  }

  @Override
  public boolean insert(Batch batch) {
    boolean inserted = batches.insert(batch);
    if (inserted) {
      ledger.watched(batch);
    }
    return inserted;
  }

  @Override
  public Optional<Batch> find(BatchId id) {
    return batches.find(id);
  }

  @Override
  public Optional<Batch> apply(BatchId id, BatchChange change, Instant now) {
    Optional<Batch> after = batches.apply(id, change, now);
    after.ifPresent(
        batch -> {
          effects.note(id + " after " + change);
          if (change instanceof BatchChange.HandedOut handedOut) {
            ledger.handedOut(id, handedOut.known(), handedOut.upTo());
          }
          ledger.watched(batch);
        });
    return after;
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
