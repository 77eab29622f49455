package io.riffhook.domain;

import java.util.List;

/** One line of a batch, as it is kept until its turn comes. */
public sealed interface BatchEntry {
  /**
   * A job to submit.
   *
   * @param json the body of its submission, a JSON object
   */
  record Order(String json) implements BatchEntry {}

  /** A line that can't be a job. */
  record Bad(List<FieldError> errors) implements BatchEntry {
    public Bad {
      errors = List.copyOf(errors);
    }
  }
}
