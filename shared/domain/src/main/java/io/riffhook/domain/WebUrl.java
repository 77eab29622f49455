package io.riffhook.domain;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An http or https URL, read as browsers read it (the WHATWG URL Standard). The same class reads
 * the URL for the rules that judge it and for the connection, so both see the same host and port.
 *
 * <p>Stricter than a browser: the scheme is followed by two slashes, a host has letters, digits,
 * hyphens, underscores and dots only, and everything that {@link URI} refuses is percent-encoded.
 * The fragment is dropped because it is never sent.
 *
 * @param scheme {@code http} or {@code https}
 * @param user the user and password before the host, percent-encoded
 * @param host in lower case and ASCII, without a dot at its end; an IPv6 address has brackets
 * @param port empty for the scheme's own
 * @param target the path and the query as a request sends them; begins with a slash
 */
public record WebUrl(
    String scheme, Optional<String> user, String host, OptionalInt port, String target) {
  private static final String NO_URL = "must be an https URL";
  private static final String HTTPS = "https";
  private static final String SLASHES = "//";
  private static final int MAX_PORT = 65_535;

  /** Longer than any server takes, so that a hostile text costs little. */
  private static final int MAX_LENGTH = 32_768;

  /** Characters that are encoded in a path and in a query, besides controls and non-ASCII. */
  private static final String ENCODED = " \"<>^`{|}";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** The result of reading a text. */
  public sealed interface Reading {
    /** The text is a URL. */
    record Read(WebUrl url) implements Reading {}

    /**
     * The text is not a URL.
     *
     * @param why the rule that it breaks, in words that go after the field's name
     */
    record Unreadable(String why) implements Reading {}
  }

  /** Reads a URL that stands alone. */
  public static Reading read(String text) {
    try {
      return new Reading.Read(absolute(cleaned(text)));
    } catch (UnreadableException e) {
      return new Reading.Unreadable(e.why);
    }
  }

  /** Reads a URL again that is held as a {@link URI}. */
  public static Reading read(URI uri) {
    return read(uri.toString());
  }

  /** Reads a reference relative to this URL, such as a {@code Location} (RFC 3986, section 5). */
  public Reading resolve(String reference) {
    try {
      return new Reading.Read(resolved(cleaned(reference)));
    } catch (UnreadableException e) {
      return new Reading.Unreadable(e.why);
    }
  }

  /**
   * Reads a URL that must be one.
   *
   * @param name the name of the setting that holds it
   * @throws IllegalArgumentException if the text is not a URL; the message names the setting
   */
  public static WebUrl require(String name, String text) {
    return switch (read(text)) {
      case Reading.Read read -> read.url();
      case Reading.Unreadable unreadable ->
          throw new IllegalArgumentException(name + " " + unreadable.why());
    };
  }

  /** Whether the connection has TLS. */
  public boolean isSecure() {
    return scheme.equals(HTTPS);
  }

  /** The port that is connected to. */
  public int effectivePort() {
    return port.orElse(isSecure() ? 443 : 80);
  }

  /** The host and, unless it is the scheme's own, the port: the value of a {@code Host} header. */
  public String authority() {
    return port.isPresent() ? host + ":" + port.getAsInt() : host;
  }

  /** The host as a resolver takes it: an IPv6 address without its brackets. */
  public String resolvable() {
    return isIpv6() ? host.substring(1, host.length() - 1) : host;
  }

  /** Whether the host is an IP address and not a name. */
  public boolean isAddress() {
    return isIpv6() || WebHost.isIpv4(host);
  }

  private boolean isIpv6() {
    return host.startsWith("[");
  }

  /** The URL for a client that takes a {@link URI}. */
  public URI uri() {
    return URI.create(toString());
  }

  @Override
  public String toString() {
    return scheme + ":" + SLASHES + user.map(each -> each + "@").orElse("") + authority() + target;
  }

  /** Without spaces and controls around it, and without tabs and line ends in it. */
  private static String cleaned(String text) throws UnreadableException {
    if (text.length() > MAX_LENGTH) {
      throw new UnreadableException("must have at most " + MAX_LENGTH + " characters");
    }
    int from = 0;
    int to = text.length();
    while (from < to && text.charAt(from) <= ' ') {
      from++;
    }
    while (to > from && text.charAt(to - 1) <= ' ') {
      to--;
    }
    String cleaned = text.substring(from, to).replaceAll("[\t\r\n]", "");
    int fragment = cleaned.indexOf('#');
    return fragment < 0 ? cleaned : cleaned.substring(0, fragment);
  }

  /** The scheme of a text, in lower case; empty if it has none. */
  private static String scheme(String text) {
    int colon = text.indexOf(':');
    return colon > 0 && text.substring(0, colon).matches("[A-Za-z][A-Za-z0-9+.-]*")
        ? text.substring(0, colon).toLowerCase(Locale.ROOT)
        : "";
  }

  private static WebUrl absolute(String text) throws UnreadableException {
    String scheme = scheme(text);
    if (!scheme.equals(HTTPS) && !scheme.equals("http")) {
      throw new UnreadableException(NO_URL);
    }
    return afterScheme(scheme, text.substring(scheme.length() + 1));
  }

  private static WebUrl afterScheme(String scheme, String text) throws UnreadableException {
    int query = text.indexOf('?');
    String before = slashed(query < 0 ? text : text.substring(0, query));
    if (!before.startsWith(SLASHES)) {
      throw new UnreadableException("must begin with " + scheme + ":" + SLASHES);
    }
    int path = before.indexOf('/', SLASHES.length());
    int end = path < 0 ? before.length() : path;
    String authority = before.substring(SLASHES.length(), end);
    int at = authority.lastIndexOf('@');
    Optional<String> user =
        at < 0 ? Optional.empty() : Optional.of(encoded(authority.substring(0, at), "@[]"));
    String place = authority.substring(at + 1);
    int colon = place.indexOf(':', place.indexOf(']') + 1);
    String host = WebHost.read(colon < 0 ? place : place.substring(0, colon));
    return new WebUrl(
        scheme,
        user,
        host,
        colon < 0 ? OptionalInt.empty() : port(scheme, place.substring(colon + 1)),
        path(before.substring(end)) + query(text, query));
  }

  /** A backslash is a slash, as in every browser, except in a query. */
  private static String slashed(String text) {
    return text.replace('\\', '/');
  }

  private static OptionalInt port(String scheme, String text) throws UnreadableException {
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!text.matches("0*[0-9]{1,5}")) {
      throw new UnreadableException("must have a port from 1 to " + MAX_PORT);
    }
    int port = Integer.parseInt(text.replaceFirst("^0+(?=.)", ""));
    if (port < 1 || port > MAX_PORT) {
      throw new UnreadableException("must have a port from 1 to " + MAX_PORT);
    }
    return port == (scheme.equals(HTTPS) ? 443 : 80) ? OptionalInt.empty() : OptionalInt.of(port);
  }

  private WebUrl resolved(String text) throws UnreadableException {
    if (!scheme(text).isEmpty()) {
      return absolute(text);
    }
    int query = text.indexOf('?');
    String path = slashed(query < 0 ? text : text.substring(0, query));
    if (path.startsWith(SLASHES)) {
      return afterScheme(scheme, text);
    }
    String ownPath = ownPath();
    if (path.isEmpty()) {
      return with(query < 0 ? target : ownPath + query(text, query));
    }
    String from = path.startsWith("/") ? "" : ownPath.substring(0, ownPath.lastIndexOf('/') + 1);
    return with(path(from + path) + query(text, query));
  }

  private String ownPath() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  private WebUrl with(String other) {
    return new WebUrl(scheme, user, host, port, other);
  }

  /** A path without dot segments. */
  private static String path(String text) {
    Deque<String> segments = new ArrayDeque<>();
    String[] parts = text.substring(text.startsWith("/") ? 1 : 0).split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      String dots = parts[i].replaceAll("(?i)%2e", ".");
      boolean last = i == parts.length - 1;
      if (dots.equals("..")) {
        segments.pollLast();
      }
      if (!dots.equals(".") && !dots.equals("..")) {
        segments.add(encoded(parts[i], "[]"));
      } else if (last) {
        segments.add("");
      }
    }
    return "/" + String.join("/", segments);
  }

  private static String query(String text, int from) {
    return from < 0 ? "" : "?" + encoded(text.substring(from + 1), "'\\");
  }

  /**
   * Percent-encodes what cannot stand in a URL. Text that is encoded already stays as it is; a
   * percent sign that encodes nothing is encoded itself. Letters are not normalized.
   */
  private static String encoded(String text, String more) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      boolean kept = point == '%' ? isEscape(text, i) : isPlain(point, more);
      if (kept) {
        encoded.append((char) point);
      } else {
        escape(point, encoded);
      }
      i += Character.charCount(point);
    }
    return encoded.toString();
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }

  private static boolean isPlain(int point, String more) {
    return point > 0x1F && point < 0x7F && ENCODED.indexOf(point) < 0 && more.indexOf(point) < 0;
  }

  /** Half of a character has no UTF-8; U+FFFD stands for it. */
  private static void escape(int point, StringBuilder to) {
    boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    String text = half ? "\uFFFD" : Character.toString(point);
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      to.append('%').append(HEX.toHexDigits(each));
    }
  }

  /** Names the rule that a text breaks. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String why;

    UnreadableException(String why) {
      super(why);
      this.why = why;
    }
  }
}
