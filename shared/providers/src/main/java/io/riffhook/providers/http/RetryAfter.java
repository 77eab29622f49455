package io.riffhook.providers.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads {@code Retry-After} (RFC 9110, 10.2.3). */
final class RetryAfter {
  private static final int MAX_SECONDS = 86_400;

  private RetryAfter() {}

  /** How many seconds it asks to wait, at most a day; providers use no dates. */
  static Optional<Duration> of(Incoming answer) {
    return value(answer)
        .filter(value -> value.matches("[0-9]{1,6}"))
        .map(value -> Duration.ofSeconds(Math.min(Integer.parseInt(value), MAX_SECONDS)));
  }

  /**
   * How long it asks to wait, in seconds or until a date, at most a day.
   *
   * @param now what a date is held against
   */
  static Optional<Duration> of(Incoming answer, Instant now) {
    return of(answer)
        .or(() -> value(answer).flatMap(RetryAfter::date).map(date -> Duration.between(now, date)))
        .filter(Duration::isPositive)
        .map(wait -> wait.toSeconds() > MAX_SECONDS ? Duration.ofSeconds(MAX_SECONDS) : wait);
  }

  private static Optional<String> value(Incoming answer) {
    return answer.header("Retry-After").map(String::strip);
  }

  private static Optional<Instant> date(String value) {
    try {
      return Optional.of(
          ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException _) {
      // Anything else asks for nothing that could be obeyed.
      return Optional.empty();
    }
  }
}
