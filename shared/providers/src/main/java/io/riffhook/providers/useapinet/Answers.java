package io.riffhook.providers.useapinet;

import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.http.Reply;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is the same in the answers of all services. */
public final class Answers {
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private Answers() {}

  /** The provider's own words: {@code error}, as a text or with a {@code message}. */
  public static String said(Reply.Answer answer) {
    return ProviderJson.text(answer.body(), "error")
        .or(() -> ProviderJson.text(answer.body().path("error"), "message"))
        .or(() -> ProviderJson.text(answer.body(), "detail"))
        .orElse("HTTP " + answer.status());
  }

  /**
   * How long an answer asks to wait: the header {@code Retry-After}, else the field {@code
   * retryAfter}, which holds a time (ISO 8601).
   */
  public static Optional<Duration> retryAfter(Reply.Answer answer, Instant now) {
    return answer
        .retryAfter()
        .or(
            () ->
                ProviderJson.text(answer.body(), "retryAfter")
                    .flatMap(Answers::instant)
                    .map(then -> between(now, then)));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration between(Instant now, Instant then) {
    if (then.isBefore(now)) {
      return Duration.ZERO;
    }
    return then.isAfter(now.plus(LONGEST_WAIT)) ? LONGEST_WAIT : Duration.between(now, then);
  }
}
