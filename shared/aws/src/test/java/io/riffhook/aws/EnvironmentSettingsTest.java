package io.riffhook.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.riffhook.domain.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EnvironmentSettingsTest {
  private static final String ARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:token";

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  EnvironmentSettingsTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void shouldReadAVariable() {
    Settings settings = new EnvironmentSettings(Map.of("A", "1", "EMPTY", ""));
    assertThat(settings.find("A")).contains("1");
    assertThat(settings.find("EMPTY")).isEmpty();
    assertThat(settings.find("B")).isEmpty();
    assertThatThrownBy(() -> settings.require("B")).hasMessage("the setting B is missing");
  }

  @Test
  void shouldPreferTheVariableItself() {
    assertThat(settings(Map.of("A", "1", "A_ARN", ARN, "A_PARAMETER", "/p")).find("A"))
        .contains("1");
    assertThat(requests).isEmpty();
  }

  @Test
  void shouldReadASecretOnceForAWhile() {
    Settings settings = settings(Map.of("A_ARN", ARN, "A_PARAMETER", "/p"));
    assertThat(requests).isEmpty();
    assertThat(settings.find("A")).contains("from the secret");
    assertThat(settings.find("A")).contains("from the secret");
    assertThat(requests).hasSize(1).first().asString().contains(ARN).contains("GetSecretValue");
  }

  @Test
  void shouldReadAParameterDecryptedOnceForAWhile() {
    Settings settings = settings(Map.of("A_PARAMETER", "/riffhook/a"));
    assertThat(settings.find("A")).contains("from the parameter");
    assertThat(settings.find("A")).contains("from the parameter");
    assertThat(requests)
        .hasSize(1)
        .first()
        .asString()
        .contains("GetParameter", "/riffhook/a", "\"WithDecryption\":true");
  }

  @Test
  void shouldThrowWhereASecretCannotBeRead() {
    Settings settings = settings(Map.of("A_ARN", "missing"));
    assertThatThrownBy(() -> settings.find("A")).hasMessageContaining("no such secret");
  }

  @Test
  void shouldNotShowValues() {
    assertThat(settings(Map.of("A", "hidden")).toString()).doesNotContain("hidden");
  }

  private Settings settings(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.getAddress().getPort());
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    return new EnvironmentSettings(environment);
  }

  /** What Secrets Manager and SSM answer. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      requests.add(target + " " + body);
      boolean missing = body.contains("missing");
      String answer =
          missing
              ? "{\"__type\":\"ResourceNotFoundException\",\"message\":\"no such secret\"}"
              : target.startsWith("secretsmanager")
                  ? "{\"SecretString\":\"from the secret\"}"
                  : "{\"Parameter\":{\"Value\":\"from the parameter\"}}";
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
      exchange.sendResponseHeaders(missing ? 400 : 200, answer.getBytes(UTF_8).length);
      exchange.getResponseBody().write(answer.getBytes(UTF_8));
    }
  }
}
