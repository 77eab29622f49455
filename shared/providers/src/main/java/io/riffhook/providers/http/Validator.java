package io.riffhook.providers.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What tells a version of a file from all others (RFC 9110, 8.8): a strong entity tag, or else a
 * date of change that was no longer new when it was sent.
 *
 * @param header where it stands in an answer
 * @param value as it stands there, and in {@code If-Range}
 */
record Validator(String header, String value) {
  private static final String ETAG = "ETag";
  private static final String LAST_MODIFIED = "Last-Modified";

  /** A file may be written twice in a second; and two clocks differ. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  /** That of a file; nothing where its server can't, or won't, send parts of it. */
  static Optional<Validator> of(Incoming answer) {
    if (answer.header("Accept-Ranges").filter("none"::equalsIgnoreCase).isPresent()) {
      return Optional.empty();
    }
    Optional<String> tag = answer.header(ETAG);
    return tag.isPresent()
        ? tag.filter(value -> value.matches("\"[!#-~]{1,512}\""))
            .map(value -> new Validator(ETAG, value))
        : answer
            .header(LAST_MODIFIED)
            .filter(value -> isSettled(value, answer.header("Date").orElse("")))
            .map(value -> new Validator(LAST_MODIFIED, value));
  }

  private static boolean isSettled(String changed, String sent) {
    try {
      return !date(changed).plus(SETTLED).isAfter(date(sent));
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static Instant date(String text) {
    return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
  }

  /**
   * Whether a partial answer is of that version, too. A tag must be said again; a date need not be
   * (RFC 9110, 15.3.7).
   */
  boolean isThatOf(Incoming part) {
    return part.header(header).map(value::equals).orElse(!header.equals(ETAG));
  }
}
