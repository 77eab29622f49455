package io.riffhook.providers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.Opened;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is connected to, and whom the other side must prove to be. */
class ConnectorTest {
  private static final String HOST = TestTls.HOST;

  private static final Duration LONG = Duration.ofSeconds(15);
  private final TestTls tls = TestTls.get();

  @RegisterExtension
  final RawServer server =
      new RawServer(
          tls.server(),
          RawServer.Behaviour.answering("HTTP/1.1 200 OK", "Content-Length: 2", "", "hi"));

  private final List<InetAddress> dialed = new CopyOnWriteArrayList<>();

  @Test
  void shouldSpeakTls() throws Exception {
    assertThat(fetched(url(HOST), connector(tls.client()))).isEqualTo("hi");
    assertThat(dialed).containsExactly(InetAddress.ofLiteral("1.1.1.1"));
    assertThat(server.requests())
        .singleElement()
        .asString()
        .startsWith("GET /a?b=c HTTP/1.1\r\nHost: " + HOST + ":" + server.port() + "\r\n");
  }

  /** The name is public when it is looked at and loopback for whoever asks once more. */
  @Test
  void shouldConnectToTheAddressThatItLookedAt() throws Exception {
    String name = "1-1-1-1.then.127-0-0-1.moving.riffhook.test";
    Connector direct =
        new Connector(
            LONG,
            tls::client,
            (socket, address, millis) -> {
              dialed.add(((InetSocketAddress) address).getAddress());
              assertThat(((InetSocketAddress) address).isUnresolved()).isFalse();
              throw new IOException("no way out of a test");
            });

    assertThatThrownBy(() -> direct.open(url(name), _ -> {})).hasMessage("no way out of a test");
    assertThat(TestResolverProvider.asked(name)).isEqualTo(1);
    assertThat(dialed).containsExactly(InetAddress.ofLiteral("1.1.1.1"));

    // Now it means this machine.
    assertThatThrownBy(() -> direct.open(url(name), _ -> {}))
        .isInstanceOf(ForbiddenAddressException.class);
    assertThat(TestResolverProvider.asked(name)).as("no memory of names hid the move").isEqualTo(2);
    assertThat(dialed).hasSize(1);
    assertThat(server.connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127-0-0-1.a.riffhook.test",
        "10-0-0-1.a.riffhook.test",
        "169-254-169-254.a.riffhook.test",
        "1-1-1-1.and.127-0-0-1.a.riffhook.test",
        "127-0-0-1.and.1-1-1-1.a.riffhook.test",
        "localhost",
        "127.0.0.1",
        "169.254.169.254",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[fd00:ec2::254]",
        "[64:ff9b::7f00:1]"
      })
  void shouldSendNothingToAnAddressThatIsNotPublic(String host) {
    Connector real = new Connector(LONG, tls::client, Socket::connect);
    for (int port : new int[] {server.port(), 1}) {
      URI uri = URI.create("https://" + host + ":" + port + "/");
      assertThatThrownBy(() -> real.open(uri, _ -> {}))
          .isInstanceOf(ForbiddenAddressException.class)
          .hasMessage("leads to an address that is not public");
    }
    assertThat(server.connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10-0-0-1.a.riffhook.test", "1-1-1-1.a.riffhook.test", "1.1.1.1"})
  void shouldSpeakPlainToNobodyElse(String host) {
    assertThatThrownBy(
            () -> connector(tls.client()).open(URI.create("http://" + host + "/"), _ -> {}))
        .isInstanceOf(ForbiddenAddressException.class);
    assertThat(dialed).isEmpty();
  }

  @Test
  void shouldTryTheNextAddressWhereOneDoesNotAnswer() throws Exception {
    Connector connector =
        new Connector(
            LONG,
            tls::client,
            (socket, address, millis) -> {
              dialed.add(((InetSocketAddress) address).getAddress());
              if (dialed.size() == 1) {
                throw new IOException("no route");
              }
              socket.connect(server.address(), millis);
            });
    assertThatThrownBy(() -> connector.open(url("1-1-1-1.and.1-0-0-1.a.riffhook.test"), _ -> {}))
        .as("it got as far as the certificate, which is for another name")
        .isInstanceOf(SSLException.class);
    assertThat(dialed)
        .containsExactly(InetAddress.ofLiteral("1.1.1.1"), InetAddress.ofLiteral("1.0.0.1"));
  }

  @Test
  void shouldRefuseACertificateOfAnotherHost() {
    assertThatThrownBy(
            () -> connector(tls.client()).open(url("1-1-1-1.other.riffhook.test"), _ -> {}))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("1-1-1-1.other.riffhook.test");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void shouldRefuseACertificateOfNobodyKnown() {
    Connector asDeployed = connector((SSLSocketFactory) SSLSocketFactory.getDefault());
    assertThatThrownBy(() -> asDeployed.open(url(HOST), _ -> {})).isInstanceOf(SSLException.class);
    assertThat(server.requests()).isEmpty();
  }

  /** An adapter's own host, from its own list, after its name has moved into our network. */
  @Test
  void shouldSendNoCallToAnAddressThatIsNotPublic() {
    String name = "10-0-0-7.api.riffhook.test";
    ProviderHttp http = http(name, connector(tls.client()));

    assertThat(http.get("/a", LONG))
        .isEqualTo(new Reply.NotSent("its host leads to an address that is not public"));
    assertThat(http.post("/a", ProviderJson.object(), LONG))
        .isEqualTo(new Reply.NotSent("its host leads to an address that is not public"));
    assertThat(http.openApi("/a"))
        .isEqualTo(new Opened.Gone("its URL leads to an address that is not public"));
    assertThat(http.openLink(URI.create("https://" + name + "/a")))
        .isEqualTo(new Opened.Gone("its URL leads to an address that is not public"));
    assertThat(dialed).isEmpty();
  }

  @Test
  void shouldLookAtTheAddressOfEachRedirect() throws Exception {
    for (String to :
        List.of(
            "http://169.254.169.254/latest/meta-data/",
            "http://localhost/a",
            "https://localhost/a",
            "https://[::ffff:127.0.0.1]/a",
            "https://10-0-0-1.files.riffhook.test/a",
            "//127.0.0.1/a")) {
      redirectTo(to);
    }
    assertThat(dialed).containsOnly(InetAddress.ofLiteral("1.1.1.1"));
  }

  private void redirectTo(String to) throws IOException {
    try (RawServer redirecting =
        new RawServer(
            tls.server(),
            RawServer.Behaviour.answering(
                "HTTP/1.1 302 Found", "Location: " + to, "Content-Length: 0", "", ""))) {
      Connector connector =
          new Connector(
              LONG,
              tls::client,
              (socket, address, millis) -> {
                dialed.add(((InetSocketAddress) address).getAddress());
                socket.connect(redirecting.address(), millis);
              });
      URI from = URI.create("https://" + HOST + "/a");
      assertThat(new PublicFiles(false, connector).open(from))
          .as(to)
          .isInstanceOf(Opened.Gone.class);
      assertThat(http(HOST, connector).openLink(from)).as(to).isInstanceOf(Opened.Gone.class);
      assertThat(http(HOST, connector).openApi("/a")).as(to).isInstanceOf(Opened.Gone.class);
      assertThat(redirecting.requests()).hasSize(3);
    }
  }

  private static String fetched(URI uri, Connector connector) throws IOException {
    Outcome<String> outcome =
        Exchange.of(
            connector,
            Outgoing.get(uri, Map.of()),
            LONG,
            answer -> {
              try (answer) {
                return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
              }
            });
    return ((Outcome.Answered<String>) outcome).value();
  }

  private static ProviderHttp http(String host, Connector connector) {
    return new ProviderHttp(
        Endpoint.of("X_BASE_URL", "https://" + host, Set.of(), false),
        () -> "secret-token",
        ProviderHttp.Credential.BEARER,
        connector,
        Download.Limits.DEFAULT);
  }

  /** Leads whatever is public to the server, and nothing else anywhere. */
  private Connector connector(SSLSocketFactory client) {
    return new Connector(LONG, () -> client, this::dial);
  }

  private void dial(Socket socket, SocketAddress address, int millis) throws IOException {
    dialed.add(((InetSocketAddress) address).getAddress());
    socket.connect(server.address(), millis);
  }

  private URI url(String host) {
    return URI.create("https://" + host + ":" + server.port() + "/a?b=c");
  }
}
