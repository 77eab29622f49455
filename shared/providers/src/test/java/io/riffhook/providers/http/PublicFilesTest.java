package io.riffhook.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.Opened;
import io.riffhook.domain.WebUrl;
import io.riffhook.providers.StubProvider;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    "https://me:secret@files.example/a.mp3, must not contain a user or a password",
    "https://me@127.0.0.1/a, must not contain a user or a password",
    "https:/a.mp3, must begin with https://",
    "file:///etc/passwd, must be an https URL",
    "https://[fe80::1%25lo]/a, must have an IPv6 address between brackets",
    "https://[::1%25lo]/a, must have an IPv6 address between brackets"
  })
  void shouldRefuseOtherUrls(String url, String why) {
    assertThat(web.refusal(URI.create(url))).contains(why);
    assertThat(web.open(URI.create(url))).isEqualTo(new Opened.Gone("its URL " + why));
  }

  @Test
  void shouldRefuseAUrlWithoutEnd() {
    assertThat(web.refusal(URI.create("https://a.example/" + "x".repeat(2_048))))
        .contains("must have at most 2048 characters when percent-encoded");
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
        "https://1-1-1-1.and.10-0-0-1.a.riffhook.test/a",
        "https://2130706433/a",
        "https://0x7f000001/a",
        "https://0x7f.1/a",
        "https://017700000001/a",
        "https://0177.0.0.1/a",
        "https://127.1/a",
        "https://10.1/a",
        "https://0/a",
        "https://0xa9fea9fe/latest/meta-data/",
        "https://localhost./a",
        "https://127.0.0.1./a",
        "https://%31%32%37.1/a",
        "https://\uFF11\uFF12\uFF17.0.0.1/a",
        "https://①②⑦.0.0.1/a",
        "HTTPS:\\\\127.0.0.1\\a",
        "https://127.0.0.1?@files.example/a",
        "https://127.0.0.1#@files.example/a",
        "https://127.0.0.1\\@files.example/a",
        "https://[0:0:0:0:0:0:0:1]/a"
      })
  void shouldNotOpenWhatIsNotPublic(String url) {
    Opened refused = new Opened.Gone("its URL leads to an address that is not public");
    URI read = WebUrl.require("url", url).uri();
    assertThat(web.open(read)).isEqualTo(refused);
    assertThat(here.open(read)).isEqualTo(refused);
  }

  /** What was stored before every URL was read first is judged in the same way. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://2130706433/a",
        "https://0x7f.1/a",
        "https://0177.0.0.1/a",
        "https://127.1/a",
        "https://127.0.0.1./a",
        "https://[::ffff:127.0.0.1]/a"
      })
  void shouldNotAcceptAnAddressThatIsNotPublic(String url) {
    for (PublicFiles files : new PublicFiles[] {web, here}) {
      assertThat(files.refusal(URI.create(url))).contains("leads to an address that is not public");
    }
  }

  /** An address is judged, and connected to, as the four numbers that it stands for. */
  @ParameterizedTest
  @CsvSource({
    "https://2130706433/a, 127.0.0.1",
    "https://0x7f.1/a, 127.0.0.1",
    "https://0177.0.0.1/a, 127.0.0.1",
    "https://0x08.010.8.8/a, 8.8.8.8",
    "https://134744072/a, 8.8.8.8",
    "https://8.8.8.8./a, 8.8.8.8"
  })
  void shouldConnectToTheAddressThatItJudges(String url, String address) {
    List<SocketAddress> dialed = new ArrayList<>();
    Connector connector =
        new Connector(
            Duration.ofSeconds(1),
            () -> {
              throw new AssertionError("no TLS without a connection");
            },
            (_, to, _) -> {
              dialed.add(to);
              throw new ConnectException();
            });
    Opened opened = new PublicFiles(false, connector).open(URI.create(url));
    if (address.equals("8.8.8.8")) {
      assertThat(opened).isInstanceOf(Opened.NotNow.class);
      assertThat(dialed).containsExactly(new InetSocketAddress(address, 443));
    } else {
      assertThat(opened).isInstanceOf(Opened.Gone.class);
      assertThat(dialed).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://my_app.example.com/a",
        "https://xn--mller-kva.example/a",
        "https://example.com./a",
        "HTTPS://hooks.example.com/a"
      })
  void shouldAcceptAHostAsTheWorldWritesIt(String url) {
    assertThat(web.refusal(URI.create(url))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "b c.mp3, /v1/riffusion/b%20c.mp3",
    "人声|[1]{2}.mp3, /v1/riffusion/%E4%BA%BA%E5%A3%B0%7C%5B1%5D%7B2%7D.mp3",
    "'?x=a \"b\"', /v1/riffusion/a?x=a%20%22b%22",
    "../x<y>.mp3, /v1/x%3Cy%3E.mp3",
    "100%.mp3, /v1/riffusion/100%25.mp3",
    "b%20c.mp3, /v1/riffusion/b%20c.mp3",
    "e\u0301.mp3#t=1, /v1/riffusion/e%CC%81.mp3"
  })
  void shouldFollowARedirectAsBrowsersDo(String location, String path) throws Exception {
    assertThat(redirected(location, StandardCharsets.UTF_8)).isEqualTo(path);
  }

  @Test
  void shouldFollowARedirectInLatin1() throws Exception {
    assertThat(redirected("é.mp3", StandardCharsets.ISO_8859_1)).isEqualTo("/v1/riffusion/%E9.mp3");
  }

  /** What is asked for after a redirect whose header is sent in these bytes. */
  private String redirected(String location, Charset charset) throws IOException {
    String bytes = new String(location.getBytes(charset), StandardCharsets.ISO_8859_1);
    RawServer.Behaviour behaviour =
        (server, connection) ->
            RawServer.send(
                connection,
                server.request(connection).startsWith("GET /v1/riffusion/a HTTP")
                    ? "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
                        .formatted(bytes)
                    : "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nID3");
    try (RawServer server = RawServer.plain(behaviour)) {
      URI url = URI.create("http://127.0.0.1:" + server.port() + "/v1/riffusion/a");
      try (Opened.Body body = (Opened.Body) here.open(url)) {
        assertThat(body.bytes().readAllBytes()).hasSize(3);
      }
      return server.requests().getLast().split(" ")[1];
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
    "https://0x7f.1/x, its URL leads to an address that is not public",
    "'https:\\\\127.0.0.1\\x', its URL leads to an address that is not public",
    "file:///etc/passwd, its redirect (Location) cannot be read: it must be an https URL",
    "'http:// ', its redirect (Location) cannot be read: it must name a host"
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
