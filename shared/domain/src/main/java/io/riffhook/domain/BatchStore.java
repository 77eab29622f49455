package io.riffhook.domain;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Where batches are written down. */
public interface BatchStore {
  /** Writes a new batch. False where a batch with its id exists; then nothing changes. */
  boolean insert(Batch batch);

  /** The batch, as last written. */
  Optional<Batch> find(BatchId id);

  /**
   * Applies a change in one conditional write.
   *
   * @return the batch after it, or empty where there is no such batch or the change's guard does
   *     not hold, in which case nothing changed
   */
  Optional<Batch> apply(BatchId id, BatchChange change, Instant now);

  /** An owner's batches, newest first. */
  Page<Batch> ofOwner(Owner owner, Page.Request page);

  /** Notes why a line became no job. What was noted first stays. */
  void refuse(BatchLine line, Reason reason);

  /** Why lines of a batch became no jobs, by their numbers. */
  Map<Integer, Reason> refusals(BatchId id);
}
