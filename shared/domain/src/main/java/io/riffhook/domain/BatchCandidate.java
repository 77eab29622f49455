package io.riffhook.domain;

import java.util.List;

/** One line of a batch, as its caller gave it. */
public sealed interface BatchCandidate {
  /**
   * A line that breaks no rule of its form.
   *
   * @param json the line, a JSON object
   */
  record Good(String json, JobRequest request) implements BatchCandidate {}

  /** A line that no job can be made of. */
  record Bad(List<FieldError> errors) implements BatchCandidate {
    public Bad {
      errors = List.copyOf(errors);
    }
  }
}
