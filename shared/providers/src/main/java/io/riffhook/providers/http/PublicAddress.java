package io.riffhook.providers.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are the public internet's, by IANA's registries of special-purpose addresses (RFC
 * 6890 and what came after it). Whatever is not known to be public is not.
 */
final class PublicAddress {
  private static final List<Prefix> NOT_PUBLIC_4 =
      prefixes(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // carrier-grade NAT
          "127.0.0.0/8", // loopback
          "169.254.0.0/16", // link-local, and where clouds keep their metadata
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // relays of 6to4, which is no more
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and broadcast

  /** Global unicast: all else (loopback, mapped IPv4, unique-local, link-local …) is not public. */
  private static final Prefix UNICAST_6 = Prefix.of("2000::/3");

  private static final List<Prefix> NOT_PUBLIC_6 =
      prefixes(
          "2001::/23", // protocol assignments: Teredo, which can hold any IPv4 address; benchmarks
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4, which can hold any IPv4 address
          "3fff::/20"); // documentation

  /** An IPv4 address as a network without IPv4 sees it (RFC 6052); as public as what it holds. */
  private static final Prefix NAT64 = Prefix.of("64:ff9b::/96");

  private PublicAddress() {}

  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return isPublic4(bytes);
    }
    if (NAT64.holds(bytes)) {
      return isPublic4(Arrays.copyOfRange(bytes, 12, 16));
    }
    return UNICAST_6.holds(bytes) && NOT_PUBLIC_6.stream().noneMatch(each -> each.holds(bytes));
  }

  private static boolean isPublic4(byte[] bytes) {
    return NOT_PUBLIC_4.stream().noneMatch(each -> each.holds(bytes));
  }

  private static List<Prefix> prefixes(String... texts) {
    return Stream.of(texts).map(Prefix::of).toList();
  }

  /** All addresses whose first bits are these. */
  private record Prefix(List<Byte> first, int bits) {
    static Prefix of(String text) {
      String[] parts = text.split("/", 2);
      byte[] address = InetAddress.ofLiteral(parts[0]).getAddress();
      Byte[] first = new Byte[address.length];
      Arrays.setAll(first, i -> address[i]);
      return new Prefix(List.of(first), Integer.parseInt(parts[1]));
    }

    boolean holds(byte[] address) {
      int whole = bits / 8;
      for (int i = 0; i < whole; i++) {
        if (address[i] != first.get(i)) {
          return false;
        }
      }
      int rest = bits % 8;
      return rest == 0 || ((address[whole] ^ first.get(whole)) & 0xff) >>> (8 - rest) == 0;
    }
  }
}
