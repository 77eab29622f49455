package io.riffhook.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffhook.local.template.Authorizer;
import io.riffhook.local.template.Function;
import io.riffhook.local.template.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes behind an authorizer answer as API Gateway does. */
class AuthorizedRoutesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Authorizer AUTHORIZER =
      new Authorizer("Guard", "authorization", Duration.ofSeconds(60));
  private static final Route CLOSED = new Route("GET", "/closed", Optional.of(AUTHORIZER));
  private static final Route OTHER = new Route("GET", "/other/{id}", Optional.of(AUTHORIZER));
  private static final Route OPEN = new Route("GET", "/open");

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpListener http = HttpListener.open(0);

  AuthorizedRoutesIT() throws IOException {}

  private static HostedFunction hosted(String name, Class<?> handler) {
    Function function =
        new Function(
            name,
            handler.getName(),
            Optional.empty(),
            Duration.ofSeconds(30),
            128,
            Map.of(),
            List.of(),
            List.of());
    return new HostedFunction(
        function,
        "us-east-1",
        new HandlerRunner(HandlerFactory.of(handler.getName(), Map.of())),
        _ -> {});
  }

  @BeforeEach
  void serveAsOnAMachineWhereKeysAreOptional() {
    serve(http, false);
  }

  private void serve(HttpListener listener, boolean required) {
    HostedFunction echo = hosted("Echo", EchoFunction.class);
    GatewayAuthorizer guard =
        new GatewayAuthorizer(AUTHORIZER, hosted("Guard", GuardFunction.class), required, now::get);
    listener.serve(
        new HttpGateway(
            new RouteTable(Map.of(CLOSED, echo, OTHER, echo, OPEN, echo)),
            Map.of(AUTHORIZER, guard),
            new GatewayCors(Optional.empty()),
            Duration.ofSeconds(30)));
  }

  @AfterEach
  void close() {
    client.close();
    http.close();
  }

  private HttpResponse<String> call(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(http.url() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode caller(String path, String authorization) throws Exception {
    HttpResponse<String> answer = call(path, "Authorization", authorization);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).at("/event/requestContext/authorizer/lambda");
  }

  private static void assertAnswer(HttpResponse<String> answer, int status, String message) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo("{\"message\":\"%s\"}", message);
  }

  @Test
  void shouldHandOverWhatTheAuthorizerTells() throws Exception {
    JsonNode request = caller("/other/7?x=1", "let me in").path("request");

    assertThat(request.path("version").asText()).isEqualTo("2.0");
    assertThat(request.path("type").asText()).isEqualTo("REQUEST");
    assertThat(request.path("routeArn").asText()).endsWith("/$default/GET/other/7");
    assertThat(request.path("identitySource")).isEqualTo(JSON.readTree("[\"let me in\"]"));
    assertThat(request.path("routeKey").asText()).isEqualTo("GET /other/{id}");
    assertThat(request.at("/pathParameters/id").asText()).isEqualTo("7");
    assertThat(request.at("/queryStringParameters/x").asText()).isEqualTo("1");
    assertThat(request.at("/headers/authorization").asText()).isEqualTo("let me in");
    assertThat(request.at("/requestContext/http/path").asText()).isEqualTo("/other/7");
    assertThat(request.has("body")).isFalse();
    assertThat(request.has("isBase64Encoded")).isFalse();
    assertThat(caller("/closed", "in without a name")).isEmpty();
  }

  @Test
  void shouldAskOncePerHeaderForAsLongAsItRemembers() throws Exception {
    assertThat(caller("/closed", "let me in").path("asked").asInt()).isEqualTo(1);
    now.set(Instant.EPOCH.plusSeconds(59));
    assertThat(caller("/other/7", "let me in").path("asked").asInt()).isEqualTo(1);
    assertAnswer(call("/closed", "Authorization", "please"), 403, "Forbidden");
    assertAnswer(call("/closed", "Authorization", "please"), 403, "Forbidden");
    now.set(Instant.EPOCH.plusSeconds(60));
    assertThat(caller("/closed", "let me in").path("asked").asInt()).isEqualTo(3);
  }

  @Test
  void shouldNotRememberAFailure() throws Exception {
    for (String trouble : List.of("throw", "a policy", "no json", "nothing", "throw")) {
      assertAnswer(call("/closed", "Authorization", trouble), 500, "Internal Server Error");
    }
    assertThat(caller("/closed", "let me in").path("asked").asInt()).isEqualTo(6);
  }

  @Test
  void shouldForgetTheOldestRatherThanFillTheMemory() throws Exception {
    caller("/closed", "let me in");
    for (int i = 0; i < 1_000; i++) {
      call("/closed", "Authorization", "guess " + i);
    }
    assertThat(caller("/closed", "let me in").path("asked").asInt()).isEqualTo(1_002);
  }

  @Test
  void shouldLetNamelessCallsFromHereOn() throws Exception {
    for (String path : List.of("/closed", "/open")) {
      HttpResponse<String> answer = call(path, "Origin", "http://localhost:3000");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(JSON.readTree(answer.body()).at("/event/requestContext").has("authorizer"))
          .isFalse();
    }
  }

  @Test
  void shouldRefuseNamelessCallsWhereKeysAreRequired() throws Exception {
    try (HttpListener strict = HttpListener.open(0);
        HttpClient caller = HttpClient.newHttpClient()) {
      serve(strict, true);
      HttpRequest.Builder request = HttpRequest.newBuilder(strict.url().resolve("/closed"));
      HttpResponse.BodyHandler<String> text = HttpResponse.BodyHandlers.ofString();

      assertAnswer(caller.send(request.build(), text), 401, "Unauthorized");
      assertThat(
              caller
                  .send(HttpRequest.newBuilder(strict.url().resolve("/open")).build(), text)
                  .statusCode())
          .isEqualTo(200);
      assertThat(
              caller.send(request.header("Authorization", "let me in").build(), text).statusCode())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: riffhook.example\r\n",
        "Host: 192.168.1.7:8080\r\n",
        "Host: 127.0.0.1.evil.example\r\n",
        "Host: localhost\r\nX-Forwarded-For: 203.0.113.7\r\n",
        "Host: localhost\r\nForwarded: for=203.0.113.7\r\n",
        "Host: localhost\r\nVia: 1.1 tunnel\r\n",
        "Host: localhost\r\nOrigin: https://evil.example\r\n",
        "Host: localhost\r\nOrigin: null\r\n",
        "Host: localhost\r\nOrigin: http://localhost.evil.example\r\n"
      })
  void shouldWantAKeyOfWhatOnlyPassesThroughThisMachine(String headers) throws Exception {
    assertThat(raw("/closed", headers)).startsWith("HTTP/1.1 401 ").contains("Unauthorized");
    assertThat(raw("/closed", headers + "Authorization: let me in\r\n"))
        .startsWith("HTTP/1.1 200 ");
    assertThat(raw("/open", headers)).startsWith("HTTP/1.1 200 ");
  }

  /** Java's client sets some headers by itself. */
  private String raw(String path, String headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.url().getPort());
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      out.write(
          "GET %s HTTP/1.1\r\n%sConnection: close\r\n\r\n"
              .formatted(path, headers)
              .getBytes(StandardCharsets.US_ASCII));
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
