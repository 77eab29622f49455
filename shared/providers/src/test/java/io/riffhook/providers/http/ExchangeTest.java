package io.riffhook.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.ContentType;
import io.riffhook.domain.Provider;
import io.riffhook.providers.http.RawServer.Behaviour;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, that it is sent once, and what is made of whatever comes back. */
class ExchangeTest {
  private static final String HOST = TestTls.HOST;
  private static final Duration LONG = Duration.ofSeconds(15);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final ObjectNode ORDER = ProviderJson.object().put("prompt", "a käse song");
  private final TestTls tls = TestTls.get();

  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<RawServer> servers = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    ended.countDown();
    for (RawServer each : servers) {
      each.close();
    }
  }

  /** A create that is repeated is a song that is bought twice. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldSendOnceWhereTheServerHangsUpAfterReading(boolean secure) {
    ProviderHttp http = serve(secure, (server, connection) -> server.request(connection));

    assertThat(http.post("/music", ORDER, LONG)).isInstanceOf(Reply.NoAnswer.class);
    assertThat(server().connections()).isEqualTo(1);
    assertThat(server().requests())
        .singleElement()
        .asString()
        .startsWith("POST /v1/music HTTP/1.1\r\n")
        .contains("\r\nConnection: close\r\n")
        .contains("\r\nContent-Type: application/json\r\n")
        .endsWith("\r\n\r\n{\"prompt\":\"a k\u00c3\u00a4se song\"}");

    assertThat(http.get("/music", LONG)).isInstanceOf(Reply.NoAnswer.class);
    assertThat(server().requests()).as("nor is a read repeated").hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 2, 3\r\n\r\n{}",
        "HTTP/1.1 200",
        "HTTP/1.1 ",
        "SSH-2.0-OpenSSH_9.6\r\n",
        "\u0015\u0003\u0003\u0000\u0002\u0002(",
        ""
      })
  void shouldSendOnceWhateverComesBack(String answer) {
    for (boolean secure : new boolean[] {true, false}) {
      ProviderHttp http = serve(secure, Behaviour.answering(answer));
      assertThat(http.post("/music", ORDER, LONG)).isInstanceOf(Reply.NoAnswer.class);
      assertThat(server().requests()).hasSize(1);
      assertThat(server().connections()).isEqualTo(1);
    }
  }

  @Test
  void shouldHaveSentNothingWhereTheHandshakeFails() {
    // Given a server that speaks no TLS, and one that hangs up
    for (Behaviour behaviour :
        new Behaviour[] {
          (_, connection) -> RawServer.send(connection, "HTTP/1.1 400 Bad Request\r\n\r\n"),
          (_, _) -> {}
        }) {
      servers.add(RawServer.plain(behaviour));
      assertThat(http(true).post("/music", ORDER, LONG)).isInstanceOf(Reply.NotSent.class);
    }
  }

  @Test
  void shouldHaveSentNothingWhereTheHandshakeNeverEnds() {
    servers.add(RawServer.plain((_, _) -> await()));
    assertThat(http(true).post("/music", ORDER, SHORT))
        .isEqualTo(new Reply.NotSent("no connection in 0 s"));
  }

  @Test
  void shouldHaveSentNothingWhereTheHostIsNotKnown() {
    ProviderHttp http =
        new ProviderHttp(
            Endpoint.of("X_BASE_URL", "https://no-such-host.invalid", Set.of(), false),
            () -> "token");
    assertThat(http.post("/a", ORDER, LONG)).isEqualTo(new Reply.NotSent("its host is not known"));
  }

  @Test
  void shouldHaveSentNothingWhereNobodyAnswersTheCallForAConnection() {
    Connector silent =
        new Connector(
            LONG,
            tls::client,
            (_, _, _) -> {
              throw new SocketTimeoutException("Connect timed out");
            });
    assertThat(http(true, silent).post("/a", ORDER, LONG))
        .isEqualTo(new Reply.NotSent("no connection in time"));
  }

  @Test
  void shouldMaybeHaveSentItWhereNoAnswerComes() {
    ProviderHttp http =
        serve(
            true,
            (server, connection) -> {
              server.request(connection);
              await();
            });
    assertThat(http.post("/music", ORDER, SHORT)).isEqualTo(new Reply.NoAnswer("no answer in 0 s"));
  }

  @ParameterizedTest
  @CsvSource({"GET,    ''", "DELETE, ''", "PATCH,  {}", "PUT,    {}", "DELETE, {}", "POST,   {}"})
  void shouldSendAnyMethod(String method, String body) {
    ProviderHttp http = serve(false, Behaviour.answering("HTTP/1.1 204 No Content", "", ""));
    Reply reply =
        body.isEmpty()
            ? method.equals("GET") ? http.get("/a?b=1", LONG) : http.delete("/a?b=1", LONG)
            : http.send(method, "/a?b=1", ProviderJson.object(), LONG);
    assertThat(reply).isInstanceOf(Reply.Answer.class);
    String request = server().requests().getFirst();
    assertThat(request)
        .startsWith(method + " /v1/a?b=1 HTTP/1.1\r\nHost: 127.0.0.1:" + server().port() + "\r\n")
        .endsWith("\r\n\r\n" + body);
    assertThat(request.contains("Content-Length: 2")).isEqualTo(!body.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 407, 429, 500, 503, 596})
  void shouldReadTheBodyOfAnError(int status) {
    ProviderHttp http =
        serve(
            false,
            Behaviour.answering(
                "HTTP/1.1 " + status + " No",
                "Retry-After: 7",
                "Content-Length: 11",
                "",
                "{\"error\":1}"));
    Reply.Answer answer = (Reply.Answer) http.post("/a", ORDER, LONG);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body().path("error").asInt()).isEqualTo(1);
    assertThat(answer.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(server().requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}",
        "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.0 200 OK\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=y\r\n{\r\n1\r\n}\r\n0\r\n\r\n",
        "HTTP/1.1 200 K\u00e4se\r\nX: \u00ff\u0001\r\nX-Empty:\r\nset-cookie: a=b\r\n\r\n{}"
      })
  void shouldReadAnAnswerOfAnyForm(String answer) {
    Reply reply = serve(false, Behaviour.answering(answer)).get("/a", LONG);
    assertThat(reply).isInstanceOf(Reply.Answer.class);
    assertThat(((Reply.Answer) reply).body().isObject()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void shouldNotWaitForABodyThatCannotCome(int status) {
    ProviderHttp http =
        serve(
            false,
            (server, connection) -> {
              server.request(connection);
              RawServer.send(connection, "HTTP/1.1 " + status + " \r\nContent-Length: 5\r\n\r\n");
              await();
            });
    assertThat(http.get("/a", LONG))
        .isEqualTo(new Reply.Answer(status, MissingNode.getInstance(), Optional.empty()));
  }

  @Test
  void shouldNotFollowARedirectOfACall() {
    ProviderHttp http =
        serve(
            false,
            Behaviour.answering(
                "HTTP/1.1 307 Temporary Redirect",
                "Location: http://127.0.0.1:1/",
                "Content-Length: 0",
                "",
                ""));
    assertThat(http.post("/a", ORDER, LONG))
        .isInstanceOfSatisfying(
            Reply.Answer.class, answer -> assertThat(answer.status()).isEqualTo(307));
    assertThat(server().requests()).hasSize(1);
  }

  @Test
  void shouldNotReadPreliminariesWithoutEnd() {
    ProviderHttp http =
        serve(
            false,
            (server, connection) -> {
              server.request(connection);
              RawServer.send(connection, "HTTP/1.1 100 Continue\r\n\r\n".repeat(100));
              await();
            });
    assertThat(http.get("/a", LONG))
        .isEqualTo(new Reply.NoAnswer("it answers in preliminaries only"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 300})
  void shouldNotReadAHeadWithoutEnd(int lines) {
    String head = ("X: " + "x".repeat(lines == 1 ? 100_000 : 10) + "\r\n").repeat(lines);
    ProviderHttp http = serve(false, Behaviour.answering("HTTP/1.1 200 OK\r\n" + head + "\r\n{}"));
    assertThat(http.get("/a", LONG)).isInstanceOf(Reply.NoAnswer.class);
  }

  @Test
  void shouldHearARefusalBeforeAFileIsSent() {
    // Given a server that answers once it has the head, and reads no further
    ProviderHttp http =
        serve(
            false,
            (_, connection) -> {
              while (connection.getInputStream().read() != '\n') {
                // Only the first line.
              }
              RawServer.send(connection, "HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\n{}");
              await();
            });
    Reply reply =
        http.post("/a", file(64 << 20, InputStream.nullInputStream()), "audio/mpeg", LONG);
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Answer.class, answer -> assertThat(answer.status()).isEqualTo(413));
  }

  @Test
  void shouldSayThatAFileEndsEarly() {
    ProviderHttp http = serve(false, (server, connection) -> server.request(connection));
    assertThat(http.post("/a", file(10, new ByteArrayInputStream(new byte[3])), "audio/mpeg", LONG))
        .isEqualTo(new Reply.NoAnswer("the file to send ends 7 bytes too early"));
  }

  @Test
  void shouldSayThatAFileCannotBeRead() {
    ProviderHttp http = serve(false, (server, connection) -> server.request(connection));
    InputStream broken =
        new InputStream() {
          @Override
          public int read() {
            throw new IllegalStateException("S3 is out");
          }

          @Override
          public int read(byte[] into, int from, int length) {
            return read();
          }
        };
    assertThat(http.post("/a", file(10, broken), "audio/mpeg", LONG))
        .isEqualTo(new Reply.NoAnswer("S3 is out"));
  }

  @Test
  void shouldSendAFileOfAnyLength() {
    ProviderHttp http =
        serve(true, Behaviour.answering("HTTP/1.1 200 OK", "Content-Length: 2", "", "{}"));
    byte[] bytes = "0123456789".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
    assertThat(
            http.post(
                "/a", file(bytes.length, new ByteArrayInputStream(bytes)), "audio/mpeg", LONG))
        .isInstanceOf(Reply.Answer.class);
    assertThat(server().requests().getFirst())
        .contains("\r\nContent-Type: audio/mpeg\r\nContent-Length: 100000\r\n")
        .endsWith("\r\n\r\n" + "0123456789".repeat(10_000));
  }

  /** One that is refused half way is read from a stream of zeros without end. */
  private static Provider.SourceFile file(long bytes, InputStream content) {
    InputStream in =
        bytes < 1 << 20
            ? content
            : new InputStream() {
              @Override
              public int read() {
                return 0;
              }

              @Override
              public int read(byte[] into, int from, int length) {
                return length;
              }
            };
    return new Provider.SourceFile(
        "song", ContentType.MP3, bytes, URI.create("https://files.example/song"), () -> in);
  }

  private void await() throws IOException {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private RawServer server() {
    return servers.getLast();
  }

  private ProviderHttp serve(boolean secure, Behaviour behaviour) {
    servers.add(new RawServer(secure ? tls.server() : ServerSocketFactory.getDefault(), behaviour));
    return http(secure);
  }

  private ProviderHttp http(boolean secure) {
    return http(
        secure,
        new Connector(
            LONG, tls::client, (socket, _, millis) -> socket.connect(server().address(), millis)));
  }

  private ProviderHttp http(boolean secure, Connector connector) {
    String base =
        secure ? "https://" + HOST + "/v1" : "http://127.0.0.1:" + server().port() + "/v1";
    return new ProviderHttp(
        Endpoint.of("X_BASE_URL", base, Set.of(), true),
        () -> "token",
        ProviderHttp.Credential.BEARER,
        connector,
        Download.Limits.DEFAULT);
  }
}
