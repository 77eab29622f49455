package io.riffhook.domain;

/**
 * One job of a batch.
 *
 * @param number 1 for the first
 */
public record BatchLine(BatchId batch, int number) {
  public BatchLine {
    if (number < 1) {
      throw new IllegalArgumentException("a batch's lines are counted from 1");
    }
  }

  /** The id of the job: the same each time, so that a line submitted twice is one job. */
  public JobId job() {
    return new JobId(batch + "-" + number);
  }
}
