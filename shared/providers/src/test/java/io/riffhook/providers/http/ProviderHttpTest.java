package io.riffhook.providers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Opened;
import io.riffhook.providers.StubProvider;
import io.riffhook.providers.StubProvider.Request;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls and downloads over a real connection. */
class ProviderHttpTest {
  private static final String TOKEN = "secret-token";
  private static final Duration LONG = Duration.ofSeconds(15);
  private static final Duration SHORT = Duration.ofSeconds(1);

  /** The answer for a link to a host of somebody else. */
  private static Opened foreign(URI uri) {
    return new Opened.Gone(
        "its link leads to %s://%s, which is not the provider's (RIFFHOOK_FILE_HOSTS adds hosts)"
            .formatted(uri.getScheme(), uri.getHost()));
  }

  @RegisterExtension private final StubProvider stub = new StubProvider();

  @RegisterExtension private final StubProvider foreign = new StubProvider();

  private final CountDownLatch ended = new CountDownLatch(1);
  private final ProviderHttp http = http(() -> TOKEN);

  @AfterEach
  void releaseWhatWaits() {
    ended.countDown();
    // Some tests interrupt their own thread.
    Thread.interrupted();
  }

  @Test
  void shouldOpenWithALength() throws Exception {
    stub.answer("/x.mp3", 200, "ID3 music");
    try (Opened.Body body = (Opened.Body) http.openLink(at("/x.mp3"))) {
      assertThat(body.length()).isEqualTo(OptionalLong.of(9));
      assertThat(body.bytes().readAllBytes())
          .isEqualTo("ID3 music".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void shouldOpenWithoutALength() throws Exception {
    stub.handler(
        "/x.mp3",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("ID3 music".getBytes(StandardCharsets.UTF_8));
        });
    try (Opened.Body body = (Opened.Body) http.openLink(at("/x.mp3"))) {
      assertThat(body.length()).isEmpty();
      assertThat(body.bytes().readAllBytes()).hasSize(9);
    }
  }

  @Test
  void shouldReadEveryByteOneByOne() throws Exception {
    stub.handler(
        "/x.mp3",
        exchange -> {
          exchange.sendResponseHeaders(200, 3);
          exchange.getResponseBody().write(new byte[] {(byte) 0xff, 0, 1});
        });
    try (Opened.Body body = (Opened.Body) http.openLink(at("/x.mp3"))) {
      assertThat(body.bytes().read()).isEqualTo(255);
      assertThat(body.bytes().read()).isZero();
      assertThat(body.bytes().read()).isEqualTo(1);
      assertThat(body.bytes().read()).isEqualTo(-1);
    }
  }

  @Test
  void shouldFailToReadATornFile() throws Exception {
    stub.handler(
        "/x.mp3",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write(new byte[10]);
          exchange.getResponseBody().flush();
        });
    try (Opened.Body body = (Opened.Body) http.openLink(at("/x.mp3"))) {
      assertThatThrownBy(() -> body.bytes().readAllBytes()).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 410})
  void shouldTellADeadLink(int status) {
    stub.answer("/x.mp3", status, "gone");
    assertThat(http.openLink(at("/x.mp3"))).isEqualTo(new Opened.Gone("HTTP " + status));
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 206, 400, 401, 429, 500, 503, 596})
  void shouldTryALinkAgain(int status) {
    stub.answer("/x.mp3", status, "");
    assertThat(http.openLink(at("/x.mp3"))).isEqualTo(new Opened.NotNow("HTTP " + status));
  }

  @Test
  void shouldTryALinkAgainWhenNobodyListens() {
    stub.stop();
    assertThat(http.openLink(at("/x.mp3"))).isEqualTo(new Opened.NotNow("ConnectException"));
  }

  @Test
  void shouldSendTheTokenToTheApiAlone() throws Exception {
    stub.answer("/download", 302, "", "Location", foreign.baseUrl() + "/file");
    foreign.answer("/file", 200, "music");
    try (Opened.Body body = (Opened.Body) http.openApi("/download")) {
      assertThat(body.bytes().readAllBytes()).hasSize(5);
    }
    stub.answer("/x.mp3", 200, "music");
    ((Opened.Body) http.openLink(at("/x.mp3"))).close();
    assertThat(stub.requests())
        .extracting(request -> request.header("Authorization").orElse("none"))
        .containsExactly("Bearer " + TOKEN, "none");
    assertThat(foreign.request().headers()).doesNotContainKey("authorization");
    assertThat(foreign.request().headers().values()).noneMatch(value -> value.contains(TOKEN));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void shouldFollowARelativeRedirect(int status) throws Exception {
    stub.answer("/a/x.mp3", status, "", "Location", "../y.mp3?z=1");
    stub.answer("/y.mp3", 200, "music");
    ((Opened.Body) http.openLink(at("/a/x.mp3"))).close();
    assertThat(stub.requests())
        .extracting(Request::target)
        .containsExactly("/v1/riffusion/a/x.mp3", "/v1/riffusion/y.mp3?z=1");
  }

  /** All of these lead to the other stub, if they are followed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://0.0.0.0:%d/file",
        "http://[::ffff:7f00:1]:%d/file",
        "//0.0.0.0:%d/file",
        "http://user@127.0.0.1:%d/file",
        "https://127.0.0.1:%d/file"
      })
  void shouldNotFollowARedirectToAForeignHost(String location) {
    String to = location.formatted(URI.create(foreign.origin()).getPort());
    stub.answer("/x.mp3", 302, "", "Location", to);
    stub.answer("/download", 302, "", "Location", to);
    assertThat(http.openLink(at("/x.mp3"))).isEqualTo(foreign(at("/x.mp3").resolve(to)));
    assertThat(http.openApi("/download")).isEqualTo(foreign(at("/x.mp3").resolve(to)));
    assertThat(foreign.requests()).isEmpty();
  }

  @Test
  void shouldNotOpenALinkToAForeignHost() {
    int port = URI.create(foreign.origin()).getPort();
    URI nowhere = URI.create("http://0.0.0.0:" + port + "/file");
    assertThat(http.openLink(nowhere)).isEqualTo(foreign(nowhere));
    for (String odd : List.of("/file", "//127.0.0.1/file", "ftp://127.0.0.1/file", "urn:a:b")) {
      assertThat(http.openLink(URI.create(odd)))
          .as(odd)
          .isEqualTo(new Opened.Gone("its link is not an http or https URL"));
    }
    assertThat(foreign.requests()).isEmpty();
  }

  @Test
  void shouldLeaveARedirectLoop() {
    for (int i = 0; i < 4; i++) {
      stub.answer("/x.mp3", 302, "", "Location", "x.mp3");
    }
    assertThat(http.openLink(at("/x.mp3"))).isEqualTo(new Opened.NotNow("HTTP 302 leads nowhere"));
    assertThat(stub.requests()).hasSize(4);
  }

  @Test
  void shouldNotFollowARedirectToNowhere() {
    stub.answer("/x.mp3", 302, "");
    assertThat(http.openLink(at("/x.mp3"))).isEqualTo(new Opened.NotNow("HTTP 302 leads nowhere"));
    stub.answer("/x.mp3", 302, "", "Location", "http://[");
    assertThat(http.openLink(at("/x.mp3")))
        .isEqualTo(
            new Opened.Gone(
                "its redirect (Location) cannot be read: it must have an IPv6 address between"
                    + " brackets"));
  }

  @Test
  void shouldReadTheTokenForEachCall() {
    Iterator<String> tokens = List.of("old", "new").iterator();
    ProviderHttp rotating = http(tokens::next);
    stub.answer("/a", 200, "{}").answer("/a", 200, "{}");
    rotating.get("/a", LONG);
    rotating.get("/a", LONG);
    assertThat(stub.requests())
        .extracting(request -> request.header("Authorization").orElse("none"))
        .containsExactly("Bearer old", "Bearer new");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret-token\n", "secret-\r\ntoken", "secret-tökén…"})
  void shouldNotTellATokenThatNoHeaderTakes(String token) {
    assertThat(http(() -> token).get("/a", LONG))
        .isEqualTo(
            new Reply.NotSent("the provider's token holds a character that no header takes"));
    assertThat(stub.requests()).isEmpty();
  }

  /** A base URL that is wrong, or cannot be read, sends nothing; put right, it is used at once. */
  @Test
  void shouldReadTheEndpointForEachCall() {
    Map<String, String> settings = new HashMap<>(Map.of("RIFFHOOK_ONE_MACHINE", "true"));
    settings.put("X_BASE_URL", "no url");
    ProviderHttp late =
        new ProviderHttp(
            () ->
                Endpoint.of(
                    StubProvider.settings(settings), "X_BASE_URL", "https://x.example", Set.of()),
            () -> "token");
    String why = "X_BASE_URL must be an https URL";

    assertThat(late.get("/a", LONG)).isEqualTo(new Reply.NotSent(why));
    assertThat(late.openApi("/a")).isEqualTo(new Opened.NotNow(why));
    assertThat(late.openLink(at("/a"))).isEqualTo(new Opened.NotNow(why));
    assertThat(stub.requests()).isEmpty();

    settings.put("X_BASE_URL", stub.baseUrl());
    stub.answer("/a", 200, "{}");
    assertThat(late.get("/a", LONG)).isInstanceOf(Reply.Answer.class);
  }

  @Test
  void shouldEndACallThatIsNotAnswered() {
    stub.handler("/a", _ -> await());
    assertThat(http.get("/a", SHORT)).isEqualTo(new Reply.NoAnswer("no answer in 1 s"));
  }

  @Test
  void shouldEndACallWhoseAnswerStops() {
    stub.handler(
        "/a",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          await();
        });
    JsonNode document = ProviderJson.object();
    assertThat(http.post("/a", document, SHORT)).isEqualTo(new Reply.NoAnswer("no answer in 1 s"));
  }

  @Test
  void shouldNotReadAnAnswerWithoutEnd() {
    stub.handler(
        "/a",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] mib = new byte[1024 * 1024];
          for (int i = 0; i < 20; i++) {
            exchange.getResponseBody().write(mib);
          }
        });
    assertThat(http.get("/a", LONG)).isInstanceOf(Reply.NoAnswer.class);
  }

  @Test
  void shouldStayInterrupted() {
    stub.handler("/a", _ -> await());
    Thread.currentThread().interrupt();
    assertThat(http.get("/a", LONG)).isEqualTo(new Reply.NoAnswer("interrupted"));
    assertThat(Thread.interrupted()).isTrue();
    Thread.currentThread().interrupt();
    assertThat(http.openApi("/a")).isEqualTo(new Opened.NotNow("interrupted"));
    assertThat(Thread.interrupted()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"200, {}, true", "500, [], true", "502, <html>, false", "200, '', false"})
  void shouldAnswerWithTheStatusWhateverTheBody(int status, String body, boolean json) {
    stub.answer("/a", status, body);
    Reply.Answer answer = (Reply.Answer) http.get("/a", LONG);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body().isContainerNode()).isEqualTo(json);
    assertThat(answer.body().isMissingNode()).isEqualTo(!json);
  }

  @Test
  void shouldEndASilentStream() throws Exception {
    stub.handler(
        "/x.mp3",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write(new byte[3]);
          exchange.getResponseBody().flush();
          await();
        });
    try (Opened.Body body = (Opened.Body) http.openLink(at("/x.mp3"));
        StallGuard guarded = new StallGuard(body.bytes(), SHORT)) {
      assertThat(guarded.readNBytes(3)).hasSize(3);
      assertThatThrownBy(guarded::read)
          .isInstanceOf(IOException.class)
          .hasMessage("nothing came for 1 s");
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

  private ProviderHttp http(Token token) {
    return new ProviderHttp(
        Endpoint.of("USEAPI_BASE_URL", stub.baseUrl(), Set.of("files.example.com"), true), token);
  }
}
