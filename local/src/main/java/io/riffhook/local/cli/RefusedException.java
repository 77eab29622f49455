package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The API refused a request. */
final class RefusedException extends CliException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient JsonNode body;
  private final transient Optional<Duration> retryAfter;

  /**
   * @param body the problem document, or whatever was answered in its place
   * @param retryAfter when the API may be asked again, if it said so
   */
  RefusedException(int status, JsonNode body, Optional<Duration> retryAfter) {
    this(status, body, retryAfter, UnaryOperator.identity());
  }

  private RefusedException(
      int status, JsonNode body, Optional<Duration> retryAfter, UnaryOperator<String> place) {
    super(ExitCode.REFUSED, Refusal.words(status, body, retryAfter, place));
    this.status = status;
    this.body = body;
    this.retryAfter = retryAfter;
  }

  /** The same refusal, with the places of its errors in other words. */
  RefusedException placed(UnaryOperator<String> place) {
    return new RefusedException(status, body, retryAfter, place);
  }
}
