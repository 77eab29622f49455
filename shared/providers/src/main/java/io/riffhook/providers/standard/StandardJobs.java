package io.riffhook.providers.standard;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.standard.StandardMapping.JobFields;
import io.riffhook.providers.standard.StandardMapping.State;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Reads a job, in whatever answer or callback it stands. */
final class StandardJobs {
  private final JobFields fields;

  StandardJobs(JobFields fields) {
    this.fields = fields;
  }

  Optional<String> id(JsonNode job) {
    return id(job, fields.id());
  }

  /** An id, which may be a number. */
  static Optional<String> id(JsonNode node, JsonPointer at) {
    JsonNode value = node.at(at);
    return value.isIntegralNumber() ? Optional.of(value.asText()) : ProviderJson.text(value);
  }

  /** The word in its status; a flag's is {@code true} or {@code false}. */
  Optional<String> word(JsonNode job) {
    JsonNode status = job.at(fields.status());
    return status.isValueNode() && !status.isNull() && !status.asText().isBlank()
        ? Optional.of(status.asText())
        : Optional.empty();
  }

  /** What the mapping says that its status means. */
  Optional<State> state(JsonNode job) {
    return word(job).flatMap(word -> Optional.ofNullable(fields.words().get(word)));
  }

  OptionalInt progress(JsonNode job) {
    return fields
        .progress()
        .map(
            progress -> {
              JsonNode value = job.at(progress.at());
              return value.isNumber()
                  ? OptionalInt.of(
                      Math.clamp(Math.round(value.asDouble() / progress.unit() * 100), 0, 100))
                  : OptionalInt.empty();
            })
        .orElse(OptionalInt.empty());
  }

  /**
   * The provider's own words about what went wrong: where the mapping says, or where most APIs have
   * them (RFC 9457 among them).
   */
  Optional<String> error(JsonNode answer, JsonNode job) {
    return Stream.concat(
            fields.error().stream().flatMap(at -> Stream.of(job.at(at), answer.at(at))),
            Stream.of("detail", "message", "error", "title").map(answer::path))
        .flatMap(
            node -> ProviderJson.text(node).or(() -> ProviderJson.text(node, "message")).stream())
        .findFirst();
  }
}
