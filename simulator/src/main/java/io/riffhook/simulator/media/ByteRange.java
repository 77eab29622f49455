package io.riffhook.simulator.media;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file, as a request asks for it (RFC 9110, 14.1.2).
 *
 * @param first its first byte
 * @param last its last byte, before the first where the file has no such part
 */
record ByteRange(long first, long last) {
  private static final Pattern FORM = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** What a {@code Range} header asks for; nothing where it is not one range of bytes. */
  static Optional<ByteRange> of(String header, long length) {
    Matcher form = FORM.matcher(header);
    if (!form.matches() || header.equals("bytes=-")) {
      return Optional.empty();
    }
    String first = String.valueOf(form.group(1));
    String last = String.valueOf(form.group(2));
    if (first.isEmpty()) {
      return Optional.of(new ByteRange(Math.max(0, length - Long.parseLong(last)), length - 1));
    }
    long from = Long.parseLong(first);
    if (last.isEmpty()) {
      return Optional.of(new ByteRange(from, length - 1));
    }
    long to = Long.parseLong(last);
    return to < from
        ? Optional.empty()
        : Optional.of(new ByteRange(from, Math.min(to, length - 1)));
  }

  boolean isEmpty() {
    return last < first;
  }

  long bytes() {
    return last - first + 1;
  }
}
