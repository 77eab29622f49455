package io.riffhook.domain;

/** Something to do for a batch. */
public sealed interface BatchTask {
  /** The batch that it is about. */
  BatchId batch();

  /** A job of a batch has ended. */
  record Ended(BatchLine line) implements BatchTask {
    @Override
    public BatchId batch() {
      return line.batch();
    }
  }

  /** A line of a batch cannot be a job. */
  record Refused(BatchLine line, Reason reason) implements BatchTask {
    @Override
    public BatchId batch() {
      return line.batch();
    }
  }

  /**
   * A batch's liveness is to be checked.
   *
   * @param number 1 for the first of a batch
   */
  record Check(BatchId batch, int number) implements BatchTask {}
}
