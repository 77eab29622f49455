package io.riffhook.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.Opened;
import io.riffhook.providers.StubProvider;
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
        "https://LOCALHOST/a",
        "https://[fd00:ec2::254]/a",
        "https://[::ffff:10.0.0.1]/a",
        "https://[::ffff:127.0.0.1]/a",
        "https://[::127.0.0.1]/a",
        "https://[64:ff9b::7f00:1]/a",
        "https://[2002:7f00:1::]/a",
        "https://127-0-0-1.a.riffhook.test/a",
        "https://1-1-1-1.and.10-0-0-1.a.riffhook.test/a"
      })
  void shouldNotOpenWhatIsNotPublic(String url) {
    Opened refused = new Opened.Gone("its URL leads to an address that is not public");
    assertThat(web.open(URI.create(url))).isEqualTo(refused);
    assertThat(here.open(URI.create(url))).isEqualTo(refused);
  }

  /** Ways to write 127.0.0.1, and hosts that programs disagree about. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://2130706433/a",
        "https://0x7f000001/a",
        "https://0x7f.1/a",
        "https://017700000001/a",
        "https://0177.0.0.1/a",
        "https://127.1/a",
        "https://localhost./a",
        "https://127.0.0.1./a",
        "https://[fe80::1%25lo]/a",
        "https://[fe80::1%lo]/a",
        "https://[::1%25lo]/a",
        "https://bücher.example/a",
        "https://\u2488.example/a",
        "https://a_b.example/a",
        "https://me@127.0.0.1/a"
      })
  void shouldNotOpenAnOddHost(String url) {
    for (PublicFiles files : new PublicFiles[] {web, here}) {
      assertThat(files.open(URI.create(url)))
          .isEqualTo(new Opened.Gone("its URL must name a host, and no user"));
    }
  }

  /** Whether a port is open is nobody's business, here or elsewhere. */
  @Test
  void shouldSayTheSameOfAnOpenPortAndAClosedOne() {
    int open = URI.create(stub.origin()).getPort();
    assertThat(web.refusal(URI.create("https://files.example:" + open + "/a")))
        .contains("must have no port but 443");
    assertThat(web.refusal(URI.create("https://files.example:443/a"))).isEmpty();
    for (int port : new int[] {open, 1}) {
      assertThat(web.open(URI.create("https://127.0.0.1:" + port + "/a")))
          .isEqualTo(new Opened.Gone("its URL must have no port but 443"));
    }
    assertThat(stub.requests()).isEmpty();
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
    "http://169.254.169.254/latest/meta-data/, its URL must be an https URL",
    "http://10-0-0-1.a.riffhook.test/x, its URL must be an https URL",
    "https://10.0.0.1/x, its URL leads to an address that is not public",
    "https://169.254.169.254/x, its URL leads to an address that is not public",
    "https://localhost/x, its URL leads to an address that is not public",
    "'https://[::ffff:127.0.0.1]/x', its URL leads to an address that is not public",
    "https://1-1-1-1.and.127-0-0-1.b.riffhook.test/x, its URL leads to an address that is not"
        + " public",
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
