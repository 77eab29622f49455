package io.riffhook.providers.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a file an answer holds (RFC 9110, 14.4).
 *
 * @param first its first byte
 * @param last its last byte
 * @param total how many bytes the whole file has
 */
record ContentRange(long first, long last, long total) {
  private static final Pattern FORM =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

  /** What an answer says; nothing where it says no such thing, or leaves the total open. */
  static Optional<ContentRange> of(Incoming answer) {
    return answer
        .header("Content-Range")
        .map(FORM::matcher)
        .filter(Matcher::matches)
        .map(
            part ->
                new ContentRange(
                    Long.parseLong(part.group(1)),
                    Long.parseLong(part.group(2)),
                    Long.parseLong(part.group(3))));
  }

  /** Whether it is all from one byte to the end of the file. */
  boolean reaches(long from) {
    return first == from && last >= first && last == total - 1;
  }
}
