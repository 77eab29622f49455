package io.riffhook.aws;

import io.riffhook.domain.BadContentException;
import io.riffhook.domain.ContentType;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Tells by a file's first bytes whether it is what was expected, and what else it may be. */
final class ContentCheck {
  /** How many leading bytes are looked at: enough to tell a page of a server in error. */
  static final int HEAD = 64;

  private ContentCheck() {}

  /** The kind of the file, where it is of the expected one. */
  static ContentType check(byte[] head, ContentType.Expected expected) throws BadContentException {
    BadContentException.Fault unknown =
        head.length == 0 ? BadContentException.Fault.BROKEN : BadContentException.Fault.PAGE;
    ContentType type =
        ContentType.detect(head).orElseThrow(() -> bad(expected, describe(head), unknown));
    if (!expected.accepts(type)) {
      throw bad(expected, type.mediaType(), BadContentException.Fault.OTHER_KIND);
    }
    return type;
  }

  private static BadContentException bad(
      ContentType.Expected expected, String found, BadContentException.Fault fault) {
    return new BadContentException(
        "is " + found + " where " + expected.name().toLowerCase(Locale.ROOT) + " was expected",
        fault);
  }

  private static String describe(byte[] head) {
    if (head.length == 0) {
      return "empty";
    }
    String text =
        new String(head, StandardCharsets.ISO_8859_1).stripLeading().toLowerCase(Locale.ROOT);
    if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
      return "an HTML page";
    }
    if (text.startsWith("<")) {
      return "an XML or HTML document";
    }
    if (text.startsWith("{") || text.startsWith("[")) {
      return "a JSON document";
    }
    return "of an unknown kind";
  }
}
