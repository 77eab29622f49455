package io.riffhook.domain;

import io.riffhook.domain.WebUrl.UnreadableException;
import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads the host of a {@link WebUrl}: a name in punycode, an IPv4 address in four decimal numbers,
 * or an IPv6 address in its short form, whatever form it was written in.
 */
final class WebHost {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9_-]{1,63}");
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
  private static final Pattern ZEROS = Pattern.compile("(^|:)0(:0)+(:|$)");
  private static final int MAX_NAME = 253;
  private static final String TOO_LONG =
      "must name a host of at most " + MAX_NAME + " characters in punycode";

  /** A percent-encoded name in another script is longer than its punycode. */
  private static final int MAX_TEXT = 4_096;

  private static final long MAX_IPV4 = 0xFFFF_FFFFL;

  private WebHost() {}

  static boolean isIpv4(String host) {
    return IPV4.matcher(host).matches();
  }

  static String read(String text) throws UnreadableException {
    if (text.isEmpty()) {
      throw new UnreadableException("must name a host");
    }
    if (text.length() > MAX_TEXT) {
      throw new UnreadableException(TOO_LONG);
    }
    if (text.startsWith("[")) {
      return ipv6(text);
    }
    String name = mapped(decoded(text));
    List<String> labels = new ArrayList<>(List.of(name.split("\\.", -1)));
    if (labels.size() > 1 && labels.getLast().isEmpty()) {
      labels.removeLast();
    }
    if (NUMBER.matcher(labels.getLast()).matches()) {
      return ipv4(labels);
    }
    labels.replaceAll(label -> isAscii(label) ? label : "xn--" + punycode(label));
    if (!labels.stream().allMatch(label -> LABEL.matcher(label).matches())) {
      throw new UnreadableException(
          "must name a host of letters, digits, hyphens, underscores and dots,"
              + " with 1 to 63 characters between two dots");
    }
    String host = String.join(".", labels);
    if (host.length() > MAX_NAME) {
      throw new UnreadableException(TOO_LONG);
    }
    return host;
  }

  private static String decoded(String text) throws UnreadableException {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int length = Character.charCount(point);
      if (point == '%') {
        String digits = text.substring(i + 1, Math.min(i + 3, text.length()));
        if (!digits.matches("[0-9A-Fa-f]{2}")) {
          throw new UnreadableException("must name a host without a percent sign");
        }
        bytes.write(HexFormat.fromHexDigits(digits));
        length = 3;
      } else {
        bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
      }
      i += length;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableException("must name a host that is UTF-8 where it is percent-encoded");
    }
  }

  /**
   * Lower case, and for other scripts NFKC without the characters that are not seen, nearly as UTS
   * #46 maps a name. The letter ß stays, as browsers have it now.
   */
  private static String mapped(String name) throws UnreadableException {
    if (isAscii(name)) {
      return name.toLowerCase(Locale.ROOT);
    }
    String mapped =
        nfkc(nfkc(name).toLowerCase(Locale.ROOT))
            .replaceAll("[\u00AD\u200B\u2060\uFE00-\uFE0F\uFEFF]", "");
    String dotted = mapped.replace('\u3002', '.');
    if (!dotted.codePoints().allMatch(WebHost::isName) || dotted.matches("(?s)(.*\\.)?\\p{M}.*")) {
      throw new UnreadableException("must name a host of letters and digits");
    }
    return dotted;
  }

  private static String nfkc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  /** ASCII is judged later; of the rest, letters, marks, digits and symbols such as ♥. */
  private static boolean isName(int point) {
    return point < 0x80
        || switch (Character.getType(point)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.SPACE_SEPARATOR,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> point != 0xFFFD;
        };
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(each -> each < 0x80);
  }

  /** One to four numbers, decimal, octal or hexadecimal; the last fills all that is left. */
  private static String ipv4(List<String> labels) throws UnreadableException {
    long address = 0;
    if (labels.size() > 4) {
      throw noIpv4();
    }
    for (int i = 0; i < labels.size(); i++) {
      boolean last = i == labels.size() - 1;
      long number = number(labels.get(i));
      long limit = last ? MAX_IPV4 >> (8 * i) : 255;
      if (number > limit) {
        throw noIpv4();
      }
      address += last ? number : number << (8 * (3 - i));
    }
    return "%d.%d.%d.%d"
        .formatted(address >> 24, (address >> 16) & 0xFF, (address >> 8) & 0xFF, address & 0xFF);
  }

  private static long number(String label) throws UnreadableException {
    boolean hex = label.startsWith("0x");
    boolean octal = !hex && label.length() > 1 && label.startsWith("0");
    String digits = hex ? label.substring(2) : label;
    int radix = 10;
    if (hex) {
      radix = 16;
    } else if (octal) {
      radix = 8;
    }
    try {
      String significant = digits.replaceFirst("^0+", "");
      if (significant.length() > 12 || !NUMBER.matcher(label).matches()) {
        throw noIpv4();
      }
      return significant.isEmpty() ? 0 : Long.parseLong(significant, radix);
    } catch (NumberFormatException e) {
      throw noIpv4();
    }
  }

  private static UnreadableException noIpv4() {
    return new UnreadableException(
        "must name a host; a host that ends in a number is an IPv4 address");
  }

  private static String ipv6(String text) throws UnreadableException {
    try {
      if (text.endsWith("]") && text.matches("\\[[0-9A-Fa-f:.]*]")) {
        byte[] bytes = sixteen(Inet6Address.ofLiteral(text.substring(1, text.length() - 1)));
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < bytes.length; i += 2) {
          groups.add(Integer.toHexString((bytes[i] & 0xFF) << 8 | (bytes[i + 1] & 0xFF)));
        }
        return "[" + shortened(String.join(":", groups)) + "]";
      }
    } catch (IllegalArgumentException e) {
      // The rule below is the same for every text that is not an address.
    }
    throw new UnreadableException("must have an IPv6 address between brackets");
  }

  /** The JDK answers with an IPv4 address if the IPv6 address stands for one. */
  private static byte[] sixteen(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 16) {
      return bytes;
    }
    return ByteBuffer.allocate(16).putShort(10, (short) -1).put(12, bytes).array();
  }

  /** With {@code ::} in place of the first longest run of zeros (RFC 5952). */
  private static String shortened(String groups) {
    String longest =
        ZEROS
            .matcher(groups)
            .results()
            .map(run -> run.group())
            .reduce("", (one, other) -> zeros(other) > zeros(one) ? other : one);
    int at = groups.indexOf(longest);
    return longest.isEmpty()
        ? groups
        : groups.substring(0, at) + "::" + groups.substring(at + longest.length());
  }

  private static long zeros(String run) {
    return run.chars().filter(each -> each == '0').count();
  }

  /** Encodes a label that is not ASCII (RFC 3492). */
  private static String punycode(String label) {
    int[] points = label.codePoints().toArray();
    StringBuilder out = new StringBuilder();
    label.codePoints().filter(each -> each < 0x80).forEach(out::appendCodePoint);
    int basic = out.length();
    if (basic > 0) {
      out.append('-');
    }
    int n = 0x80;
    int delta = 0;
    int bias = 72;
    int handled = basic;
    while (handled < points.length) {
      int floor = n;
      int next = label.codePoints().filter(each -> each >= floor).min().orElseThrow();
      delta += (next - n) * (handled + 1);
      n = next;
      for (int point : points) {
        if (point < n) {
          delta++;
        } else if (point == n) {
          digits(out, delta, bias);
          bias = adapted(delta, handled + 1, handled == basic);
          delta = 0;
          handled++;
        }
      }
      delta++;
      n++;
    }
    return out.toString();
  }

  private static void digits(StringBuilder out, int delta, int bias) {
    int rest = delta;
    for (int k = 36; ; k += 36) {
      int threshold = Math.clamp(k - bias, 1, 26);
      if (rest < threshold) {
        out.append(digit(rest));
        return;
      }
      out.append(digit(threshold + (rest - threshold) % (36 - threshold)));
      rest = (rest - threshold) / (36 - threshold);
    }
  }

  private static char digit(int value) {
    return (char) (value < 26 ? 'a' + value : '0' + value - 26);
  }

  private static int adapted(int delta, int points, boolean first) {
    int rest = first ? delta / 700 : delta / 2;
    rest += rest / points;
    int k = 0;
    while (rest > 455) {
      rest /= 35;
      k += 36;
    }
    return k + 36 * rest / (rest + 38);
  }
}
