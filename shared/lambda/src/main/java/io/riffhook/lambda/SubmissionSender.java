package io.riffhook.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Owner;
import java.util.Optional;

/**
 * What a message that is no submission tells of itself, as far as it can be read, so that whoever
 * sent it can be told. Nothing of it has been checked but its form.
 *
 * @param reference the sender's own, 1 to 256 characters of one line
 */
public record SubmissionSender(
    Optional<Owner> owner, Optional<JobId> id, Optional<String> reference) {
  private static final int MAX_REFERENCE = 256;

  /** Reads a message, which may be anything. */
  public static SubmissionSender of(byte[] body) {
    JsonNode object;
    try {
      object = Json.read(body);
    } catch (JsonProcessingException _) {
      return new SubmissionSender(Optional.empty(), Optional.empty(), Optional.empty());
    }
    return new SubmissionSender(
        text(object, "owner").filter(Owner::isValid).map(Owner::new),
        text(object, "id").filter(JobId::isValid).map(JobId::new),
        text(object, "reference").filter(SubmissionSender::isLine));
  }

  private static Optional<String> text(JsonNode object, String field) {
    return Optional.ofNullable(object.path(field).textValue());
  }

  private static boolean isLine(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_REFERENCE
        && text.chars().noneMatch(Character::isISOControl);
  }
}
