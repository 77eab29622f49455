package io.riffhook.providers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.riffhook.domain.Opened;
import io.riffhook.providers.StubProvider;
import io.riffhook.providers.StubProvider.Request;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose connections are cut, and files that are not what they should be. */
class DownloadTest {
  private static final byte[] FILE =
      "ID3 a song of one hundred bytes"
          .repeat(4)
          .substring(0, 100)
          .getBytes(StandardCharsets.UTF_8);
  private static final String TAG = "\"v1\"";
  private static final String OLD = "Wed, 01 Jan 2020 00:00:00 GMT";
  private static final Download.Limits LIMITS =
      new Download.Limits(1_000, Duration.ofMinutes(1), Duration.ofMillis(300), 3);

  @RegisterExtension private final StubProvider stub = new StubProvider();

  private final CountDownLatch ended = new CountDownLatch(1);
  private final ProviderHttp http = http(LIMITS);

  @AfterEach
  void releaseWhatWaits() {
    ended.countDown();
  }

  @Test
  void shouldGoOnWhereItWasCut() throws Exception {
    stub.handler("/x.mp3", part(200, 0, 40, "ETag", TAG))
        .handler("/x.mp3", part(206, 40, 90, "ETag", TAG))
        .handler("/x.mp3", part(206, 90, 100, "ETag", TAG));

    assertThat(read(http.openLink(at("/x.mp3")))).isEqualTo(FILE);
    assertThat(stub.requests())
        .extracting(request -> request.header("Range").orElse("none"))
        .containsExactly("none", "bytes=40-", "bytes=90-");
    assertThat(stub.requests())
        .extracting(request -> request.header("If-Range").orElse("none"))
        .containsExactly("none", TAG, TAG);
    assertThat(stub.requests())
        .extracting(request -> request.header("Accept-Encoding").orElse("none"))
        .containsOnly("identity");
  }

  @Test
  void shouldGoOnByDateWhereThereIsNoTag() throws Exception {
    stub.handler("/x.mp3", part(200, 0, 40, "Last-Modified", OLD))
        .handler("/x.mp3", part(206, 40, 100));
    assertThat(read(http.openLink(at("/x.mp3")))).isEqualTo(FILE);
    assertThat(stub.requests().getLast().header("If-Range")).contains(OLD);
  }

  @Test
  void shouldGoOnWhereTheLengthWasNeverTold() throws Exception {
    String text = new String(FILE, StandardCharsets.UTF_8);
    RawServer server =
        RawServer.plain(
            (it, connection) -> {
              boolean first = !it.request(connection).contains("Range: bytes=40-");
              RawServer.send(
                  connection,
                  first
                      ? "HTTP/1.1 200 OK\r\nETag: %s\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n%s"
                          .formatted(TAG, text.substring(0, 40))
                      : "HTTP/1.1 206 Partial\r\nETag: %s\r\nContent-Range: bytes 40-99/100\r\n\r\n%s"
                          .formatted(TAG, text.substring(40)));
            });
    Opened opened =
        new PublicFiles(true).open(URI.create("http://127.0.0.1:" + server.port() + "/x"));
    assertThat(read(opened)).isEqualTo(FILE);
    assertThat(server.requests()).hasSize(2);
    server.close();
  }

  @Test
  void shouldGoOnWhereNothingMoreCame() throws Exception {
    stub.handler(
            "/x.mp3",
            exchange -> {
              exchange.getResponseHeaders().set("ETag", TAG);
              exchange.sendResponseHeaders(200, 100);
              exchange.getResponseBody().write(FILE, 0, 40);
              exchange.getResponseBody().flush();
              await();
            })
        .handler("/x.mp3", part(206, 40, 100, "ETag", TAG));
    assertThat(read(http.openLink(at("/x.mp3")))).isEqualTo(FILE);
  }

  /** Nothing here says for sure which version of the file was cut. */
  @ParameterizedTest
  @CsvSource({
    "X-Nothing, at all",
    "ETag, W/\"v1\"",
    "ETag, v1",
    "ETag, '\"\"'",
    "Last-Modified, Wed 01 Jan 2020",
    "Last-Modified, 'Fri, 01 Jan 2100 00:00:00 GMT'"
  })
  void shouldNotGoOnWithoutAStrongValidator(String name, String value) throws Exception {
    stub.handler("/x.mp3", part(200, 0, 40, name, value));
    fails(http.openLink(at("/x.mp3")));
    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void shouldNotAskForPartsOfAServerThatGivesNone() throws Exception {
    stub.handler("/x.mp3", part(200, 0, 40, "ETag", TAG, "Accept-Ranges", "none"));
    fails(http.openLink(at("/x.mp3")));
    assertThat(stub.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "200, bytes 40-99/100, '\"v1\"', HTTP 200",
    "404, bytes 40-99/100, '\"v1\"', HTTP 404",
    "416, bytes */100,     '\"v1\"', HTTP 416",
    "503, bytes 40-99/100, '\"v1\"', HTTP 503",
    "302, bytes 40-99/100, '\"v1\"', HTTP 302",
    "206, bytes 40-99/100, '\"v2\"', the file has changed",
    "206, bytes 40-99/100, 'W/\"v1\"', the file has changed",
    "206, bytes 40-99/100, '', the file has changed",
    "206, bytes 40-199/200, '\"v1\"', the file has changed",
    "206, bytes 39-99/100, '\"v1\"', the answer is not the rest",
    "206, bytes 41-99/100, '\"v1\"', the answer is not the rest",
    "206, bytes 40-98/100, '\"v1\"', the answer is not the rest",
    "206, bytes 40-99/*, '\"v1\"', the answer is not the rest",
    "206, bytes 40-39/40, '\"v1\"', the answer is not the rest",
    "206, items 40-99/100, '\"v1\"', the answer is not the rest",
    "206, '', '\"v1\"', the answer is not the rest"
  })
  void shouldNeverMixTwoVersions(int status, String range, String tag, String why)
      throws Exception {
    stub.handler("/x.mp3", part(200, 0, 40, "ETag", TAG))
        .handler(
            "/x.mp3",
            exchange -> {
              if (!range.isEmpty()) {
                exchange.getResponseHeaders().set("Content-Range", range);
              }
              if (!tag.isEmpty()) {
                exchange.getResponseHeaders().set("ETag", tag);
              }
              exchange.sendResponseHeaders(status, 60);
              exchange.getResponseBody().write(FILE, 40, 60);
            });
    assertThat(fails(http.openLink(at("/x.mp3"))).getSuppressed())
        .extracting(Throwable::getMessage)
        .containsExactly(why);
    assertThat(stub.requests()).hasSize(2);
  }

  @Test
  void shouldNotGoOnWithAnEncodedRest() throws Exception {
    stub.handler("/x.mp3", part(200, 0, 40, "ETag", TAG))
        .handler("/x.mp3", part(206, 40, 100, "ETag", TAG, "Content-Encoding", "gzip"));
    assertThat(fails(http.openLink(at("/x.mp3"))).getSuppressed()[0])
        .hasMessage("the answer is not the rest");
  }

  @Test
  void shouldNotGoOnForEver() throws Exception {
    stub.handler("/x.mp3", part(200, 0, 10, "ETag", TAG));
    for (int from = 10; from <= 30; from += 10) {
      stub.handler("/x.mp3", part(206, from, from + 10, 100, "ETag", TAG));
    }
    fails(http.openLink(at("/x.mp3")));
    assertThat(stub.requests()).as("the first and three more").hasSize(4);
  }

  @Test
  void shouldGiveUpWhereNothingComes() throws Exception {
    stub.handler("/x.mp3", part(200, 0, 10, 100, "ETag", TAG))
        .handler("/x.mp3", part(206, 10, 10, 100, "ETag", TAG));
    fails(http.openLink(at("/x.mp3")));
    assertThat(stub.requests()).hasSize(2);
    stub.handler("/y.mp3", part(200, 0, 0, 100, "ETag", TAG));
    fails(http.openLink(at("/y.mp3")));
    assertThat(stub.requests()).as("not even a first byte").hasSize(3);
  }

  @Test
  void shouldGiveUpWhereTheServerIsGone() throws Exception {
    stub.handler(
        "/x.mp3",
        exchange -> {
          exchange.getResponseHeaders().set("ETag", TAG);
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write(FILE, 0, 40);
          exchange.getResponseBody().flush();
          stub.stop();
        });
    assertThat(fails(http.openLink(at("/x.mp3"))).getSuppressed())
        .singleElement()
        .extracting(Throwable::getMessage)
        .isEqualTo("ConnectException");
  }

  /** Each call may cost credits. */
  @Test
  void shouldNotRepeatACall() throws Exception {
    stub.handler("/download", part(200, 0, 40, "ETag", TAG));
    fails(http.openApi("/download"));
    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void shouldRepeatTheLinkThatACallLeadsTo() throws Exception {
    stub.answer("/download", 302, "", "Location", stub.baseUrl() + "/x.mp3")
        .handler("/x.mp3", part(200, 0, 40, "ETag", TAG))
        .handler("/x.mp3", part(206, 40, 100, "ETag", TAG));
    assertThat(read(http.openApi("/download"))).isEqualTo(FILE);
    assertThat(stub.requests())
        .extracting(Request::target)
        .containsExactly("/v1/riffusion/download", "/v1/riffusion/x.mp3", "/v1/riffusion/x.mp3");
    assertThat(stub.requests())
        .extracting(request -> request.headers().containsKey("authorization"))
        .containsExactly(true, false, false);
  }

  /** The name of the file's host is moved to this machine while the file is read. */
  @Test
  void shouldLookAtTheAddressAgainBeforeItGoesOn() throws Exception {
    TestTls tls = TestTls.get();
    RawServer server =
        new RawServer(
            tls.server(),
            RawServer.Behaviour.answering(
                "HTTP/1.1 200 OK", "ETag: " + TAG, "Content-Length: 100", "", "half"));
    List<InetAddress> dialed = new CopyOnWriteArrayList<>();
    Connector connector =
        new Connector(
            Duration.ofSeconds(5),
            tls::client,
            (socket, address, millis) -> {
              dialed.add(((InetSocketAddress) address).getAddress());
              socket.connect(server.address(), millis);
            });
    Opened opened =
        new PublicFiles(false, connector).open(URI.create("https://" + TestTls.MOVING + "/x"));
    assertThat(fails(opened).getSuppressed())
        .extracting(Throwable::getMessage)
        .containsExactly("leads to an address that is not public");
    assertThat(dialed).containsExactly(InetAddress.ofLiteral("1.1.1.1"));
    assertThat(server.connections()).isEqualTo(1);
    server.close();
  }

  @Test
  void shouldNotTakeMoreThanItMay() throws Exception {
    stub.handler(
        "/x.mp3",
        exchange -> {
          exchange.sendResponseHeaders(200, 1_001);
          exchange.getResponseBody().write(new byte[1_001]);
        });
    assertThat(http.openLink(at("/x.mp3")))
        .isEqualTo(new Opened.Gone("it is longer than 1000 bytes"));
    stub.handler(
        "/y.mp3",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(new byte[1_001]);
        });
    assertThat(fails(http.openLink(at("/y.mp3")))).hasMessage("is longer than 1000 bytes");
  }

  @Test
  void shouldNotTakeForEver() throws Exception {
    stub.answer("/x.mp3", 200, "ID3 music");
    ProviderHttp hurried =
        http(new Download.Limits(1_000, Duration.ZERO, Duration.ofSeconds(5), 3));
    assertThat(fails(hurried.openLink(at("/x.mp3")))).hasMessage("took longer than 0 minutes");
  }

  @ParameterizedTest
  @CsvSource({"gzip, gzip", "br, br", "'gzip, gzip', oddly", "'<script>', oddly"})
  void shouldNotTakeAnEncodedFile(String encoding, String said) {
    stub.answer("/x.mp3", 200, "not a song", "Content-Encoding", encoding);
    assertThat(http.openLink(at("/x.mp3")))
        .isEqualTo(new Opened.NotNow("it came " + said + "-encoded, which nobody asked for"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "Identity", ""})
  void shouldTakeOneThatIsSaidToBeAsItIs(String encoding) throws Exception {
    stub.answer("/x.mp3", 200, "ID3", "Content-Encoding", encoding);
    assertThat(read(http.openLink(at("/x.mp3")))).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void shouldTellHowLongABusyServerAsksToWait(int status) {
    stub.answer("/x.mp3", status, "", "Retry-After", "7");
    assertThat(http.openLink(at("/x.mp3")))
        .isEqualTo(new Opened.NotNow("HTTP " + status, Optional.of(Duration.ofSeconds(7))));
    stub.answer("/x.mp3", status, "", "Retry-After", "7");
    assertThat(new PublicFiles(true).open(at("/x.mp3")))
        .isEqualTo(new Opened.NotNow("HTTP " + status, Optional.of(Duration.ofSeconds(7))));
  }

  /** Bytes of the file from one to before another, and then the end of the connection. */
  private static HttpHandler part(int status, int from, int to, String... headers) {
    return part(status, from, to, 100, headers);
  }

  private static HttpHandler part(int status, int from, int to, int total, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      if (status == 206) {
        exchange
            .getResponseHeaders()
            .set("Content-Range", "bytes " + from + "-" + (total - 1) + "/" + total);
      }
      send(exchange, status, from, to, total);
    };
  }

  private static void send(HttpExchange exchange, int status, int from, int to, int total)
      throws IOException {
    exchange.sendResponseHeaders(status, total - from);
    exchange.getResponseBody().write(Arrays.copyOfRange(FILE, from, to));
    exchange.getResponseBody().flush();
    if (to < total) {
      throw new IOException("cut, as told");
    }
  }

  private static byte[] read(Opened opened) throws IOException {
    try (Opened.Body body = (Opened.Body) opened) {
      return body.bytes().readAllBytes();
    }
  }

  private static Throwable fails(Opened opened) throws IOException {
    try (Opened.Body body = (Opened.Body) opened) {
      Throwable failure = catchThrowable(() -> body.bytes().readAllBytes());
      assertThat(failure).isInstanceOf(IOException.class);
      return failure;
    }
  }

  private void await() throws IOException {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException().initCause(e);
    }
  }

  private URI at(String path) {
    return URI.create(stub.baseUrl() + path);
  }

  private ProviderHttp http(Download.Limits limits) {
    return new ProviderHttp(
        Endpoint.of("X_BASE_URL", stub.baseUrl(), Set.of(), true),
        () -> "secret-token",
        ProviderHttp.Credential.BEARER,
        new Connector(Duration.ofSeconds(3)),
        limits);
  }
}
