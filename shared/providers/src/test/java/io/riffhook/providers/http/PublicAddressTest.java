package io.riffhook.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses anything may be sent to. */
class PublicAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.1.2.3",
        "169.254.0.1",
        "169.254.169.254",
        "169.254.170.2",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:0:127.0.0.1",
        "100::1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd12::1",
        "fd00:ec2::254",
        "ff02::1",
        "64:ff9b::a00:1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::101:101",
        "2001:0:1::1",
        "2001:2::1",
        "2001:10::1",
        "2001:1ff:ffff::1",
        "2001:db8::1",
        "2002:a00:1::",
        "2002:101:101::",
        "3fff::1",
        "3fff:fff::1",
        "4000::1",
        "5f00::1"
      })
  void shouldKnowWhatIsNotPublic(String address) {
    assertThat(PublicAddress.isPublic(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255",
        "169.255.0.1",
        "172.15.255.255",
        "172.32.0.1",
        "192.0.1.1",
        "192.0.3.1",
        "192.88.98.1",
        "192.167.0.1",
        "192.169.0.1",
        "198.17.0.1",
        "198.20.0.1",
        "198.51.101.1",
        "203.0.112.1",
        "203.0.114.1",
        "223.255.255.255",
        "64:ff9b::101:101",
        "2001:200::1",
        "2001:db9::1",
        "2003::1",
        "2606:4700::1111",
        "3fff:1000::1",
        "3ffe::1"
      })
  void shouldKnowWhatIsPublic(String address) {
    assertThat(PublicAddress.isPublic(InetAddress.ofLiteral(address))).isTrue();
  }

  /** As an IPv6 address that holds one, and not as the IPv4 address that the JDK makes of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000000000000000ffff7f000001",
        "00000000000000000000ffff0a000001",
        "00000000000000000000ffff01010101"
      })
  void shouldTakeNoMappedAddress(String bytes) throws Exception {
    InetAddress mapped = Inet6Address.getByAddress(null, HexFormat.of().parseHex(bytes), 0);
    assertThat(mapped).isInstanceOf(Inet6Address.class);
    assertThat(PublicAddress.isPublic(mapped)).isFalse();
  }
}
