package io.riffhook.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;

@Timeout(30)
class HttpCoreClientTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Kind: a\r\n\r\nok";
  private static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  private final BlockingQueue<Socket> connections = new LinkedBlockingQueue<>();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final SdkHttpClient client =
      new HttpCoreClient(
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
          now::get);
  private ServerSocket listener;

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  connections.add(listener.accept());
                }
              } catch (IOException _) {
                // It was closed.
              }
            });
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    listener.close();
    for (Socket each : connections) {
      each.close();
    }
  }

  @Test
  void shouldUseAConnectionAgainOnceItsAnswerWasRead() throws Exception {
    CompletableFuture<HttpExecuteResponse> first = call(get());
    Socket server = connections.take();
    assertThat(head(server)).startsWith("GET /bucket/key?part=1 HTTP/1.1\r\n");
    answer(server, OK);
    HttpExecuteResponse answer = first.get();
    assertThat(answer.httpResponse().statusCode()).isEqualTo(200);
    assertThat(answer.httpResponse().firstMatchingHeader("X-Kind")).hasValue("a");
    InputStream body = answer.responseBody().orElseThrow();
    assertThat(body.read()).isEqualTo('o');
    assertThat(body.readAllBytes()).isEqualTo(new byte[] {'k'});
    assertThat(body.read()).isEqualTo(-1);
    body.close();

    CompletableFuture<HttpExecuteResponse> second = call(put("abc"));
    assertThat(head(server)).startsWith("PUT /bucket/key?part=1 HTTP/1.1\r\n");
    assertThat(server.getInputStream().readNBytes(3)).asString().isEqualTo("abc");
    answer(server, EMPTY);
    assertThat(second.get().responseBody()).as("there is nothing to read").isEmpty();

    CompletableFuture<HttpExecuteResponse> third = call(get());
    head(server);
    answer(server, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    assertThat(third.get().httpResponse().statusCode()).isEqualTo(204);
    assertThat(connections).as("further connections").isEmpty();

    CompletableFuture<HttpExecuteResponse> fourth = call(get());
    Socket next = connections.take();
    head(next);
    answer(next, EMPTY);
    fourth.get();
  }

  @Test
  void shouldOpenAnotherWhereTheServerHasClosedTheFirst() throws Exception {
    Socket server = exchange();
    server.close();
    now.updateAndGet(time -> time.plusSeconds(2));
    assertThat(exchange()).isNotSameAs(server);
  }

  @Test
  void shouldLeaveToTheSdkToTryAgainWhereTheServerHasJustClosedTheFirst() throws Exception {
    exchange().close();
    now.updateAndGet(time -> time.plusMillis(999));
    assertThatThrownBy(() -> client.prepareRequest(execute(get())).call())
        .isInstanceOf(IOException.class);
    assertThat(exchange()).as("the dead one is not kept").isNotNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {5_000, 86_400_000, -1})
  void shouldOpenAnotherAfterAFreezeAndWhereTheClockWasSetBack(long millis) throws Exception {
    Socket server = exchange();
    now.updateAndGet(time -> time.plusMillis(millis));
    assertThat(exchange()).isNotSameAs(server);
  }

  /** One call over a new connection; the server's side of it. */
  private Socket exchange() throws Exception {
    CompletableFuture<HttpExecuteResponse> call = call(get());
    Socket server = connections.take();
    head(server);
    answer(server, EMPTY);
    assertThat(call.get().httpResponse().statusCode()).isEqualTo(200);
    return server;
  }

  @Test
  void shouldCloseAConnectionWhoseAnswerIsNotReadToItsEnd() throws Exception {
    for (boolean aborts : new boolean[] {true, false}) {
      CompletableFuture<HttpExecuteResponse> call = call(get());
      Socket server = connections.take();
      head(server);
      answer(server, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nbegun");
      var body = call.get().responseBody().orElseThrow();
      assertThat(body.read()).isEqualTo('b');
      if (aborts) {
        body.abort();
      } else {
        body.close();
      }
      assertThat(server.getInputStream().read()).as("the client's end").isEqualTo(-1);
    }
  }

  @Test
  void shouldSendNoBodyThatIsRefusedBeforehand() throws Exception {
    CompletableFuture<HttpExecuteResponse> call =
        call(put("abc").putHeader("Expect", "100-continue").putHeader("If-None-Match", "*"));
    Socket server = connections.take();
    assertThat(head(server)).contains("Expect: 100-continue");
    answer(server, "HTTP/1.1 412 Precondition Failed\r\nContent-Length: 0\r\n\r\n");
    assertThat(call.get().httpResponse().statusCode()).isEqualTo(412);
    assertThat(server.getInputStream().read()).as("neither body nor request").isEqualTo(-1);
  }

  @Test
  void shouldSendABodyThatIsAskedFor() throws Exception {
    CompletableFuture<HttpExecuteResponse> call =
        call(put("abc").putHeader("Expect", "100-continue").putHeader("If-None-Match", "*"));
    Socket server = connections.take();
    head(server);
    assertThat(server.getInputStream().available()).as("unasked").isZero();
    answer(server, "HTTP/1.1 100 Continue\r\n\r\n");
    assertThat(server.getInputStream().readNBytes(3)).asString().isEqualTo("abc");
    answer(server, "HTTP/1.1 102 Processing\r\n\r\n" + EMPTY);
    assertThat(call.get().httpResponse().statusCode()).isEqualTo(200);
  }

  @Test
  void shouldNotAskForAPart() throws Exception {
    CompletableFuture<HttpExecuteResponse> call =
        call(put("abc").putHeader("Expect", "100-continue"));
    Socket server = connections.take();
    assertThat(head(server)).doesNotContain("Expect");
    assertThat(server.getInputStream().readNBytes(3)).asString().isEqualTo("abc");
    answer(server, EMPTY);
    call.get();
  }

  @Test
  void shouldGiveUpWhereNoAnswerComes() throws Exception {
    CompletableFuture<HttpExecuteResponse> call = call(get());
    Socket server = connections.take();
    head(server);
    assertThatThrownBy(call::get).hasRootCauseInstanceOf(SocketTimeoutException.class);
    assertThat(server.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void shouldFailWhereTheAnswerIsNotHttp() throws Exception {
    CompletableFuture<HttpExecuteResponse> call = call(get());
    Socket server = connections.take();
    head(server);
    answer(server, "HTTP/x.y what\r\n\r\n");
    assertThatThrownBy(call::get).hasMessageContaining("not HTTP");
  }

  @Test
  void shouldEndACallThatIsAborted() throws Exception {
    ExecutableHttpRequest request = client.prepareRequest(execute(get()));
    request.abort(); // there is nothing to abort yet
    CompletableFuture<HttpExecuteResponse> call = call(request);
    Socket server = connections.take();
    head(server);
    request.abort();
    assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(IOException.class);
  }

  @Test
  void shouldRefuseAServerThatIsNotTrusted() throws Exception {
    CompletableFuture<HttpExecuteResponse> call =
        call(get().uri(URI.create("https://127.0.0.1:" + listener.getLocalPort() + "/")));
    Socket server = connections.take();
    answer(server, "HTTP/1.1 400 This is no TLS\r\n\r\n");
    assertThatThrownBy(call::get).hasRootCauseInstanceOf(SSLException.class);
  }

  @Test
  void shouldSpeakTlsWithTheServerWhoseNameIsAskedForAndWithNoOther(@TempDir Path folder)
      throws Exception {
    SSLContext context = certificateOf("localhost", folder);
    try (ServerSocket secure =
            context
                .getServerSocketFactory()
                .createServerSocket(0, 8, InetAddress.getLoopbackAddress());
        SdkHttpClient trusting =
            new HttpCoreClient(
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                context::getSocketFactory,
                InstantSource.system())) {
      CompletableFuture<String> served =
          CompletableFuture.supplyAsync(
              () -> {
                try (Socket server = secure.accept()) {
                  String head = head(server);
                  answer(server, EMPTY);
                  return head;
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      String port = ":" + secure.getLocalPort() + "/";
      assertThat(
              trusting
                  .prepareRequest(execute(get().uri(URI.create("https://localhost" + port))))
                  .call()
                  .httpResponse()
                  .statusCode())
          .isEqualTo(200);
      assertThat(served.get()).contains("Host: localhost:");

      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket server = secure.accept()) {
                  var _ = server.getInputStream().read();
                } catch (IOException _) {
                  // The client hangs up.
                }
              });
      ExecutableHttpRequest other =
          trusting.prepareRequest(execute(get().uri(URI.create("https://127.0.0.1" + port))));
      assertThatThrownBy(other::call).isInstanceOf(SSLHandshakeException.class);
    }
  }

  private static SSLContext certificateOf(String host, Path folder) throws Exception {
    Path file = folder.resolve("keys.p12");
    char[] password = "changeit".toCharArray();
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance(file.toFile(), password);
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, password);
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private SdkHttpFullRequest.Builder get() {
    return SdkHttpFullRequest.builder()
        .method(SdkHttpMethod.GET)
        .uri(URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/bucket/key?part=1"));
  }

  private SdkHttpFullRequest.Builder put(String body) {
    return get()
        .method(SdkHttpMethod.PUT)
        .putHeader("Content-Length", Integer.toString(body.length()))
        .contentStreamProvider(
            () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.US_ASCII)));
  }

  private static HttpExecuteRequest execute(SdkHttpFullRequest.Builder request) {
    SdkHttpFullRequest built = request.build();
    return HttpExecuteRequest.builder()
        .request(built)
        .contentStreamProvider(built.contentStreamProvider().orElse(null))
        .build();
  }

  private CompletableFuture<HttpExecuteResponse> call(SdkHttpFullRequest.Builder request) {
    return call(client.prepareRequest(execute(request)));
  }

  private static CompletableFuture<HttpExecuteResponse> call(ExecutableHttpRequest request) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return request.call();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static String head(Socket server) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = server.getInputStream().read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void answer(Socket server, String text) throws IOException {
    server.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
