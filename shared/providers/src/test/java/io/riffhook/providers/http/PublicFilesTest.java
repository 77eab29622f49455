package io.riffhook.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.Opened;
import io.riffhook.providers.StubProvider;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files from anywhere, by URLs that nobody vouches for. */
class PublicFilesTest {
  @RegisterExtension final StubProvider stub = new StubProvider();

  private final PublicFiles web = new PublicFiles(false);
  private final PublicFiles here = new PublicFiles(true);

  @ParameterizedTest
  @CsvSource({
    "http://files.example/a.mp3, must be an https URL",
    "ftp://files.example/a.mp3, must be an https URL",
    "http://127.0.0.1/a.mp3, must be an https URL",
    "https://me:secret@files.example/a.mp3, 'must name a host, and no user'",
    "https:/a.mp3, 'must name a host, and no user'",
    "file:///etc/passwd, 'must name a host, and no user'"
  })
  void shouldRefuseOtherUrls(String url, String why) {
    assertThat(web.refusal(URI.create(url))).contains(why);
    assertThat(web.open(URI.create(url))).isEqualTo(new Opened.Gone("its URL " + why));
  }

  @Test
  void shouldRefuseAUrlWithoutEnd() {
    assertThat(web.refusal(URI.create("https://a.example/" + "x".repeat(2_048))))
        .contains("must have at most 2048 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/a",
        "https://localhost/a",
        "https://10.0.0.1/a",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/a",
        "https://[fd00:ec2::254]/a",
        "https://[::ffff:10.0.0.1]/a",
        "https://2130706433/a"
      })
  void shouldNotOpenWhatIsNotPublic(String url) {
    assertThat(web.open(URI.create(url))).isInstanceOf(Opened.Gone.class);
    assertThat(here.open(URI.create(url))).isInstanceOf(Opened.Gone.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.1.2.3",
        "169.254.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "2001:0:1::1"
      })
  void shouldKnowWhatIsNotPublic(String address) throws Exception {
    assertThat(PublicAddress.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "192.169.0.1",
        "198.17.0.1",
        "198.20.0.1",
        "203.0.114.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2001:db9::1"
      })
  void shouldKnowWhatIsPublic(String address) throws Exception {
    assertThat(PublicAddress.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void shouldOpenAFileOfThisMachine() throws Exception {
    stub.answer("/a.mp3", 200, "ID3 bytes");
    Opened opened = here.open(url("/a.mp3"));
    try (Opened.Body body = (Opened.Body) opened) {
      assertThat(body.length()).hasValue(9);
      assertThat(new String(body.bytes().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("ID3 bytes");
    }
    assertThat(stub.requests().getFirst().header("authorization")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "400, false",
    "401, false",
    "403, false",
    "404, false",
    "410, false",
    "408, true",
    "425, true",
    "429, true",
    "500, true",
    "503, true"
  })
  void shouldTellWhatMayComeLater(int status, boolean later) {
    stub.answer("/a.mp3", status, "");
    Opened expected =
        later ? new Opened.NotNow("HTTP " + status) : new Opened.Gone("HTTP " + status);
    assertThat(here.open(url("/a.mp3"))).isEqualTo(expected);
  }

  @Test
  void shouldFollowRedirectsThatAreAllowed() throws Exception {
    stub.answer("/a", 302, "", "Location", "/v1/riffusion/b.mp3");
    stub.answer("/b.mp3", 200, "ID3");
    try (Opened.Body body = (Opened.Body) here.open(url("/a"))) {
      assertThat(body.bytes().readAllBytes()).hasSize(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://169.254.169.254/x, its URL must be an https URL",
    "https://10.0.0.1/x, its URL leads to an address that is not public",
    "file:///etc/passwd, 'its URL must name a host, and no user'",
    "'http:// ', its redirect is not a URL"
  })
  void shouldNotFollowRedirectsElsewhere(String location, String why) {
    stub.answer("/a", 302, "", "Location", location);
    assertThat(here.open(url("/a"))).isEqualTo(new Opened.Gone(why));
  }

  @Test
  void shouldNotFollowRedirectsForEver() {
    for (int i = 0; i < 4; i++) {
      stub.answer("/a", 302, "", "Location", "/v1/riffusion/a");
    }
    assertThat(here.open(url("/a"))).isEqualTo(new Opened.Gone("HTTP 302 leads nowhere"));
    assertThat(stub.requests()).hasSize(4);
  }

  @Test
  void shouldWaitForAHostThatIsNotKnown() {
    assertThat(web.open(URI.create("https://no-such-host.invalid/a.mp3")))
        .isEqualTo(new Opened.NotNow("its host is not known"));
  }

  private URI url(String path) {
    return URI.create(stub.origin() + StubProvider.PREFIX + path);
  }
}
