package io.riffhook.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is written down as unfinished, of every owner: whatever should have a message in a queue.
 */
public interface UnfinishedWork {

  /**
   * Reads one part of the store. A part may hold nothing unfinished and still have a next one.
   *
   * @param cursor the {@link Part#next} of the part before; empty for the first part
   */
  Part read(Optional<String> cursor);

  /**
   * One part.
   *
   * @param scanned how many items were read, finished or not
   * @param readUnits what reading them cost, in DynamoDB's read request units
   * @param next where the next part begins; empty after the last part
   */
  record Part(List<Found> found, long scanned, double readUnits, Optional<String> next) {
    public Part {
      found = List.copyOf(found);
    }
  }

  /** Something unfinished. */
  sealed interface Found {
    /**
     * A job that has not ended, or that has events that were not published.
     *
     * @param checks the number of its latest check message
     * @param unpublished whether it has events that were not published
     */
    record OfJob(JobId job, int checks, boolean unpublished) implements Found {}

    /**
     * A batch whose end was not published.
     *
     * @param checks the number of its latest check message
     */
    record OfBatch(BatchId batch, int checks) implements Found {}

    /** An upload that is neither stored nor failed. */
    record OfUpload(UploadId upload) implements Found {}

    /**
     * A delivery that has another attempt.
     *
     * @param attempts how many attempts were made
     * @param dueAt when the next attempt is due
     */
    record OfDelivery(Notification notification, EndpointId endpoint, int attempts, Instant dueAt)
        implements Found {}
  }
}
