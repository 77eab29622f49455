package io.riffhook.providers.http;

import io.riffhook.domain.Opened;
import io.riffhook.domain.WebUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Opens files: follows a few redirects, each by the same rules, and takes up again where a
 * connection was cut. Safe for use by several threads.
 */
final class Downloads {
  /** What a file may have. S3's parts would do for more; no song has so much. */
  static final long MAX_BYTES = 4L * 1024 * 1024 * 1024;

  private static final Duration HEADERS_TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_REDIRECTS = 3;

  private final Connector connector;
  private final Rules rules;
  private final Download.Limits limits;

  Downloads(Connector connector, Rules rules) {
    this(connector, rules, Download.Limits.DEFAULT);
  }

  Downloads(Connector connector, Rules rules, Download.Limits limits) {
    this.connector = connector;
    this.rules = rules;
    this.limits = limits;
  }

  /** What may be opened, and what is made of answers that are no file. */
  interface Rules {
    /** Why a URL is not opened, or nothing where it is. Asked for each redirect, too. */
    Optional<Opened> refusal(URI uri);

    /**
     * What another status than 200 and that of a redirect means.
     *
     * @param retryAfter how long the answer asks to wait
     */
    Opened unwelcome(int status, Optional<Duration> retryAfter);

    /** What a redirect means that leads nowhere, or is one too many. */
    Opened astray(int status);
  }

  /** Whether a request may be made again to go on where it was cut. */
  enum Repeat {
    /** It costs nothing, as a link does. */
    FREE,
    /** It may cost something; a link that it leads to doesn't. */
    COSTLY
  }

  /**
   * Opens a file.
   *
   * @param headers for the first request, and for none that it leads to
   */
  Opened open(URI uri, Map<String, String> headers, Repeat repeat) {
    return open(uri, headers, repeat, 0);
  }

  private Opened open(URI uri, Map<String, String> headers, Repeat repeat, int redirects) {
    Optional<Opened> refusal = rules.refusal(uri);
    return refusal.isPresent()
        ? refusal.get()
        : switch (ask(uri, headers)) {
          case Outcome.Forbidden<Incoming> forbidden ->
              new Opened.Gone("its URL " + forbidden.why());
          case Outcome.Unsent<Incoming> unsent -> new Opened.NotNow(unsent.why());
          case Outcome.Silent<Incoming> silent -> new Opened.NotNow(silent.why());
          case Outcome.Answered<Incoming> answered ->
              answered(uri, answered.value(), repeat, redirects);
        };
  }

  private Outcome<Incoming> ask(URI uri, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    // Bytes are counted, and asked for by number: they must be those of the file.
    headers.put("Accept-Encoding", "identity");
    return Exchange.of(connector, Outgoing.get(uri, headers), HEADERS_TIMEOUT, answer -> answer);
  }

  private Opened answered(URI uri, Incoming answer, Repeat repeat, int redirects) {
    return switch (answer.status()) {
      case 200 -> file(uri, answer, repeat);
      case 301, 302, 303, 307, 308 -> {
        closed(answer);
        yield redirected(uri, answer, redirects);
      }
      default -> {
        closed(answer);
        yield rules.unwelcome(answer.status(), RetryAfter.of(answer));
      }
    };
  }

  private Opened redirected(URI from, Incoming answer, int redirects) {
    Optional<String> location = answer.header("Location");
    if (location.isEmpty() || redirects == MAX_REDIRECTS) {
      return rules.astray(answer.status());
    }
    return switch (WebUrl.require("the URL", from.toString()).resolve(utf8(location.get()))) {
      case WebUrl.Reading.Read to -> open(to.url().uri(), Map.of(), Repeat.FREE, redirects + 1);
      case WebUrl.Reading.Unreadable unreadable ->
          new Opened.Gone("its redirect (Location) cannot be read: it " + unreadable.why());
    };
  }

  /**
   * A header as its bytes were meant. They are read one by one; most servers send UTF-8. Bytes of
   * another encoding are percent-encoded as they are.
   */
  private static String utf8(String header) {
    byte[] bytes = header.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      StringBuilder ascii = new StringBuilder();
      for (byte each : bytes) {
        ascii.append(each < 0 ? "%%%02X".formatted(each) : String.valueOf((char) each));
      }
      return ascii.toString();
    }
  }

  private Opened file(URI uri, Incoming answer, Repeat repeat) {
    Optional<String> encoding = encoding(answer);
    if (encoding.isPresent()) {
      closed(answer);
      return new Opened.NotNow("it came " + encoding.get() + "-encoded, which nobody asked for");
    }
    if (answer.length().orElse(0) > limits.bytes()) {
      closed(answer);
      return new Opened.Gone("it is longer than " + limits.bytes() + " bytes");
    }
    Optional<Validator> validator = repeat == Repeat.FREE ? Validator.of(answer) : Optional.empty();
    return new Opened.Body(
        new Download(answer, limits, validator.map(each -> from -> resumed(uri, each, from))),
        answer.length());
  }

  private static Optional<String> encoding(Incoming answer) {
    return answer
        .header("Content-Encoding")
        .map(String::strip)
        .filter(each -> !each.isEmpty() && !each.equalsIgnoreCase("identity"))
        .map(each -> each.matches("[A-Za-z0-9]{1,16}") ? each : "oddly");
  }

  /** The rest of the very file that was cut. */
  private Download.Rest resumed(URI uri, Validator validator, long from) throws IOException {
    Map<String, String> headers =
        Map.of("Range", "bytes=" + from + "-", "If-Range", validator.value());
    return switch (ask(uri, headers)) {
      case Outcome.Forbidden<Incoming> forbidden -> throw new IOException(forbidden.why());
      case Outcome.Unsent<Incoming> unsent -> throw new IOException(unsent.why());
      case Outcome.Silent<Incoming> silent -> throw new IOException(silent.why());
      case Outcome.Answered<Incoming> answered -> {
        Incoming answer = answered.value();
        if (answer.status() != 206) {
          closed(answer);
          throw new IOException("HTTP " + answer.status());
        }
        Optional<ContentRange> range = ContentRange.of(answer).filter(it -> it.reaches(from));
        if (range.isEmpty() || encoding(answer).isPresent()) {
          closed(answer);
          throw new IOException("the answer is not the rest");
        }
        if (!validator.isThatOf(answer)) {
          closed(answer);
          throw new IOException("the file has changed");
        }
        yield new Download.Rest(answer, range.get().total());
      }
    };
  }

  private static void closed(Incoming answer) {
    try {
      answer.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing a socket failed", e);
    }
  }
}
