package io.riffhook.providers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.Webhooks.Answer;
import io.riffhook.providers.http.RawServer.Behaviour;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to receivers of notifications, and each thing that they can do with it. */
class WebhookCallsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.750Z");
  private static final byte[] BODY =
      "{\"type\":\"job.ready\",\"data\":{\"title\":\"Käse 🧀\"}}".getBytes(StandardCharsets.UTF_8);

  private final WebhookCalls calls = calls(new Connector(Duration.ofSeconds(2)));

  private static WebhookCalls calls(Connector connector) {
    return new WebhookCalls(
        true, WebhookCallsTest::sign, () -> NOW, connector, Duration.ofMillis(700));
  }

  /** All that is signed, in place of a signature. */
  private static String sign(String secret, String id, Instant at, String body) {
    return "v1," + secret + "|" + id + "|" + at + "|" + body.length();
  }

  private Answer send(RawServer server, String path) {
    return send(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private Answer send(URI url) {
    return calls.send(url, "evt_1", List.of("whsec_new", "whsec_old"), BODY);
  }

  @Test
  void shouldPostTheBodyWithTheHeadersOfTheSpecification() throws IOException {
    try (RawServer server =
        RawServer.plain(Behaviour.answering("HTTP/1.1 200 OK", "Content-Length: 0", "", ""))) {
      assertThat(send(server, "/hooks?shop=1"))
          .isEqualTo(new Answer.Answered(200, Optional.empty()));

      assertThat(server.requests())
          .singleElement()
          .satisfies(
              request -> {
                assertThat(request)
                    .startsWith("POST /hooks?shop=1 HTTP/1.1\r\n")
                    .endsWith("\r\n\r\n" + new String(BODY, StandardCharsets.ISO_8859_1));
                assertThat(request.lines())
                    .contains(
                        "Host: 127.0.0.1:" + server.port(),
                        "User-Agent: riffhook",
                        "Content-Type: application/json",
                        "Content-Length: " + BODY.length,
                        "webhook-id: evt_1",
                        "webhook-timestamp: 1795262400",
                        "webhook-signature: v1,whsec_new|evt_1|2026-11-21T12:00:00Z|47"
                            + " v1,whsec_old|evt_1|2026-11-21T12:00:00Z|47");
              });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 400, 401, 403, 404, 410, 422, 429, 500, 502, 503})
  void shouldTellTheStatus(int status) throws IOException {
    try (RawServer server =
        RawServer.plain(
            Behaviour.answering("HTTP/1.1 " + status + " Whatever", "Content-Length: 0", "", ""))) {
      assertThat(send(server, "/")).isEqualTo(new Answer.Answered(status, Optional.empty()));
      assertThat(server.connections()).as("sent once").isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void shouldFollowNoRedirect(int status) throws IOException {
    try (RawServer elsewhere =
            RawServer.plain(Behaviour.answering("HTTP/1.1 200 OK", "Content-Length: 0", "", ""));
        RawServer server =
            RawServer.plain(
                Behaviour.answering(
                    "HTTP/1.1 " + status + " Elsewhere",
                    "Location: http://127.0.0.1:" + elsewhere.port() + "/",
                    "Content-Length: 0",
                    "",
                    ""))) {
      assertThat(send(server, "/")).isEqualTo(new Answer.Answered(status, Optional.empty()));
      assertThat(elsewhere.connections()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "429, 30, PT30S",
    "503, ' 120 ', PT2M",
    "429, 999999, PT24H",
    "429, 'Sat, 21 Nov 2026 12:05:00 GMT', PT4M59.25S",
    "429, 'Sat, 28 Nov 2026 12:05:00 GMT', PT24H",
    "429, 'Sat, 21 Nov 2026 11:00:00 GMT',",
    "429, 0,",
    "429, -5,",
    "429, soon,",
    "429, 'Sat, 31 Nov 2026 11:00:00 GMT',"
  })
  void shouldTellHowLongToWait(int status, String header, Duration wait) throws IOException {
    try (RawServer server =
        RawServer.plain(
            Behaviour.answering(
                "HTTP/1.1 " + status + " Later",
                "Retry-After: " + header,
                "Content-Length: 0",
                "",
                ""))) {
      assertThat(send(server, "/"))
          .isEqualTo(new Answer.Answered(status, Optional.ofNullable(wait)));
    }
  }

  /** Neither one without an end nor one that is shorter than it says is waited for. */
  @Test
  void shouldNotWaitForTheBodyOfTheAnswer() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    try (RawServer server =
        RawServer.plain(
            (raw, connection) -> {
              raw.request(connection);
              RawServer.send(
                  connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nthanks");
              await(done);
            })) {
      assertThat(send(server, "/")).isEqualTo(new Answer.Answered(200, Optional.empty()));
    } finally {
      done.countDown();
    }
  }

  @Test
  void shouldGiveAReceiverThatHangsItsTimeAndNoMore() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    try (RawServer server =
        RawServer.plain(
            (raw, connection) -> {
              raw.request(connection);
              await(done);
            })) {
      long start = System.nanoTime();
      assertThat(send(server, "/")).isEqualTo(new Answer.Unanswered("no answer in 0 s"));
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(700), Duration.ofSeconds(5));
      assertThat(server.connections()).as("sent once").isEqualTo(1);
    } finally {
      done.countDown();
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void shouldTellOfAConnectionThatIsReset() throws IOException {
    try (RawServer server =
        RawServer.plain(
            (raw, connection) -> {
              raw.request(connection);
              connection.setSoLinger(true, 0);
            })) {
      assertThat(send(server, "/")).isInstanceOf(Answer.Unanswered.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SSH-2.0-OpenSSH_9.6\r\n", "HTTP/1.1 okay\r\n\r\n"})
  void shouldTellOfAnAnswerThatIsNone(String answer) throws IOException {
    try (RawServer server =
        RawServer.plain(
            (raw, connection) -> {
              raw.request(connection);
              RawServer.send(connection, answer);
            })) {
      assertThat(send(server, "/")).isInstanceOf(Answer.Unanswered.class);
    }
  }

  @Test
  void shouldTellThatNobodyListens() throws IOException {
    int port;
    try (RawServer server = RawServer.plain(Behaviour.answering())) {
      port = server.port();
    }
    assertThat(send(URI.create("http://127.0.0.1:" + port + "/")))
        .isEqualTo(new Answer.Unanswered("ConnectException"));
  }

  @Test
  void shouldTellOfAHostThatIsNotKnown() {
    WebhookCalls unknown =
        calls(
            new Connector(
                Duration.ofSeconds(1),
                () -> {
                  throw new AssertionError("no connection");
                },
                (_, _, _) -> {
                  throw new UnknownHostException("files.example");
                }));
    assertThat(unknown.send(URI.create("http://127.0.0.1/"), "evt_1", List.of("whsec_a"), BODY))
        .isEqualTo(new Answer.Unanswered("its host is not known"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://1-1-1-1.and.10-0-0-1.a.riffhook.test/"
      })
  void shouldCallNoAddressThatIsNotPublic(String url) {
    assertThat(send(URI.create(url)))
        .isEqualTo(new Answer.Unanswered("its URL leads to an address that is not public"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://shop.example/, must be an https URL",
    "http://10.0.0.1/, must be an https URL",
    "ftp://shop.example/, must be an https URL",
    "https://shop.example:8443/, must have no port but 443",
    "https://me:secret@shop.example/, must not contain a user or a password",
    "https://2130706433/, leads to an address that is not public"
  })
  void shouldRefuseOtherUrls(String url, String why) {
    assertThat(calls.refusal(URI.create(url))).contains(why);
    assertThat(send(URI.create(url))).isEqualTo(new Answer.Unanswered("its URL " + why));
  }

  @Test
  void shouldRefuseThisMachineOnAws() {
    WebhookCalls deployed = new WebhookCalls(false, WebhookCallsTest::sign, () -> NOW);
    URI here = URI.create("http://127.0.0.1:8000/");
    assertThat(deployed.refusal(here)).contains("must be an https URL");
    assertThat(deployed.send(here, "evt_1", List.of("whsec_a"), BODY))
        .isEqualTo(new Answer.Unanswered("its URL must be an https URL"));
    assertThat(deployed.refusal(URI.create("https://shop.example/hooks"))).isEmpty();
  }

  @Test
  void shouldSendNothingUnsigned() {
    WebhookCalls unsigned =
        new WebhookCalls(
            true,
            (_, _, _, _) -> {
              throw new IllegalArgumentException("an endpoint's secret cannot sign");
            },
            () -> NOW);
    assertThatThrownBy(
            () ->
                unsigned.send(URI.create("http://127.0.0.1:1/"), "evt_1", List.of("whsec_a"), BODY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an endpoint's secret cannot sign");
  }
}
