package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/** An answer of the API that is not a success, in words: RFC 9457 problems field by field. */
final class Refusal {
  private Refusal() {}

  /**
   * @param retryAfter when the API may be asked again, where it said so
   */
  static String words(int status, JsonNode body, Optional<Duration> retryAfter) {
    String words = words(status, body);
    return retryAfter
        .map(wait -> words + System.lineSeparator() + "  Try again in " + words(wait) + ".")
        .orElse(words);
  }

  /** The two largest units. */
  private static String words(Duration wait) {
    if (wait.toHours() > 0) {
      return wait.toHours() + " h " + wait.toMinutesPart() + " min";
    }
    return wait.toMinutes() > 0
        ? wait.toMinutes() + " min " + wait.toSecondsPart() + " s"
        : wait.toSeconds() + " s";
  }

  private static String words(int status, JsonNode body) {
    if (!body.has("title")) {
      // The gateway's own errors, and those of whatever else answers at that address.
      return "the API answered %d %s".formatted(status, body.path("message").asText("")).strip();
    }
    StringBuilder words = new StringBuilder(body.path("title").asText());
    words.append(" (").append(status).append("): ").append(body.path("detail").asText());
    for (JsonNode error : body.path("errors")) {
      words
          .append(System.lineSeparator())
          .append("  ")
          .append(error.path("pointer").asText())
          .append("  ")
          .append(error.path("detail").asText());
    }
    return words.toString();
  }
}
