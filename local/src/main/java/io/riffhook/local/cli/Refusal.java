package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An answer of the API that is not a success, in words: RFC 9457 problems field by field. */
final class Refusal {
  private Refusal() {}

  /**
   * @param retryAfter when the API may be asked again, if it said so
   * @param place makes words of the JSON pointer to a field
   */
  static String words(
      int status, JsonNode body, Optional<Duration> retryAfter, UnaryOperator<String> place) {
    String words = words(status, body, place);
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

  private static String words(int status, JsonNode body, UnaryOperator<String> place) {
    if (!body.has("title")) {
      // The gateway's own errors, and those of whatever else answers at that address.
      String answer = "the API answered %d %s".formatted(status, body.path("message").asText(""));
      return switch (status) {
        case 401 -> answer + ": it wants a key. Set " + Credential.VARIABLE + ".";
        case 403 -> answer + ": the key in " + Credential.VARIABLE + " does not work there.";
        default -> answer.strip();
      };
    }
    StringBuilder words = new StringBuilder(body.path("title").asText());
    words.append(" (").append(status).append("): ").append(body.path("detail").asText());
    for (JsonNode error : body.path("errors")) {
      words
          .append(System.lineSeparator())
          .append("  ")
          .append(place.apply(error.path("pointer").asText()))
          .append("  ")
          .append(error.path("detail").asText());
    }
    return words.toString();
  }
}
