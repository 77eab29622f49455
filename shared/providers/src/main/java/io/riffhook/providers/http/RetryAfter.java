package io.riffhook.providers.http;

import java.time.Duration;
import java.util.Optional;

/** Reads {@code Retry-After} (RFC 9110, 10.2.3) where it holds seconds; dates are not used here. */
final class RetryAfter {
  private static final int MAX_SECONDS = 86_400;

  private RetryAfter() {}

  static Optional<Duration> of(Incoming answer) {
    return answer
        .header("Retry-After")
        .map(String::strip)
        .filter(value -> value.matches("[0-9]{1,6}"))
        .map(value -> Duration.ofSeconds(Math.min(Integer.parseInt(value), MAX_SECONDS)));
  }
}
