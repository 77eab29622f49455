package io.riffhook.domain;

import java.util.List;

/** What became of one line of a batch. */
public sealed interface BatchResult {
  /** The word for a line that could not be a job. */
  String REFUSED = "REFUSED";

  /** The word for a line whose turn never came, because the batch was cancelled. */
  String NOT_STARTED = "NOT_STARTED";

  /** How it ended: a job's status, or {@link #REFUSED}, or {@link #NOT_STARTED}. */
  String status();

  /** It became a job. */
  record OfJob(BatchLine line, ReadJobs.View view) implements BatchResult {
    @Override
    public String status() {
      return view.job().status().name();
    }
  }

  /**
   * It could not be a job.
   *
   * @param errors what is wrong with its fields, where that is known
   */
  record Refused(BatchLine line, Reason reason, List<FieldError> errors) implements BatchResult {
    public Refused {
      errors = List.copyOf(errors);
    }

    @Override
    public String status() {
      return REFUSED;
    }
  }

  /** Its turn never came. */
  record NotStarted(BatchLine line) implements BatchResult {
    @Override
    public String status() {
      return NOT_STARTED;
    }
  }

  /** A dropped file that is no batch at all. */
  record BadFile(Reason reason) implements BatchResult {
    @Override
    public String status() {
      return REFUSED;
    }
  }
}
