package io.riffhook.domain;

import java.util.List;

/** How batches are written, in JSON. */
public interface BatchDocuments {
  /** A batch's lines, as they are kept. */
  byte[] input(List<BatchEntry> entries);

  /**
   * The lines of a batch, from what was kept.
   *
   * @throws IllegalStateException where it is nothing that {@link #input} wrote
   */
  List<BatchEntry> entries(byte[] input);

  /** What became of lines, one JSON object a line. */
  byte[] report(List<BatchResult> results);

  /** A batch, as a JSON object. */
  String batch(Batch batch);
}
