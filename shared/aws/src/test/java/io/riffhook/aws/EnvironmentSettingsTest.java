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
import java.time.Duration;
import java.time.Instant;
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
  private final Instant start = Instant.now();
  private volatile Instant now = start;
  private volatile String secret = "from the secret";
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
  void shouldSeeARotatedSecretAfterFiveMinutes() {
    Settings settings = settings(Map.of("A_ARN", ARN));
    assertThat(settings.find("A")).contains("from the secret");
    secret = "rotated";

    now = start.plus(Duration.ofMinutes(4));
    assertThat(settings.find("A")).contains("from the secret");
    now = start.plus(Duration.ofMinutes(6));
    assertThat(settings.find("A")).contains("rotated");
    assertThat(requests).hasSize(2);
  }

  @Test
  void shouldSeeARotatedParameterAfterFiveMinutes() {
    Settings settings = settings(Map.of("A_PARAMETER", "/riffhook/a"));
    settings.find("A");
    now = start.plus(Duration.ofMinutes(6));
    settings.find("A");
    assertThat(requests).hasSize(2);
  }

  @Test
  void shouldSeeARotatedSecretAtOnceWhereTheOldOneIsRefused() {
    Settings settings = settings(Map.of("A_ARN", ARN));
    settings.find("A");
    secret = "rotated";

    assertThat(settings.isReplaced("A", "from the secret")).isTrue();
    assertThat(settings.find("A")).contains("rotated");
    // A second thread that was refused the old one reads nothing: the new one is there.
    assertThat(settings.isReplaced("A", "from the secret")).isTrue();
    assertThat(requests).hasSize(2);
  }

  @Test
  void shouldNotReadAgainAndAgainWhatIsRefused() {
    Settings settings = settings(Map.of("A_ARN", ARN));
    settings.find("A");

    assertThat(settings.isReplaced("A", "from the secret")).isFalse();
    assertThat(settings.isReplaced("A", "from the secret")).isFalse();
    assertThat(requests).hasSize(2);
    now = start.plus(Duration.ofSeconds(10));
    assertThat(settings.isReplaced("A", "from the secret")).isFalse();
    assertThat(requests).hasSize(3);
  }

  @Test
  void shouldReplaceNoVariable() {
    Settings settings = settings(Map.of("A", "1", "A_ARN", ARN));
    assertThat(settings.isReplaced("A", "1")).isFalse();
    assertThat(settings.isReplaced("A", "0")).isTrue();
    assertThat(settings.isReplaced("B", "1")).isFalse();
    assertThat(requests).isEmpty();
  }

  /** A parameter is forgotten, too. */
  @Test
  void shouldReadAParameterAnewThatIsRefused() {
    Settings settings = settings(Map.of("A_PARAMETER", "/riffhook/a"));
    settings.find("A");
    assertThat(settings.isReplaced("A", "from the parameter")).isFalse();
    assertThat(requests).hasSize(2);
  }

  @Test
  void shouldLeaveARefusalToItsCallerWhereNothingCanBeRead() {
    assertThat(settings(Map.of("A_ARN", "missing")).isReplaced("A", "old")).isFalse();
  }

  @Test
  void shouldThrowWhereASecretCannotBeRead() {
    Settings settings = settings(Map.of("A_ARN", "missing"));
    assertThatThrownBy(() -> settings.find("A"))
        .isInstanceOf(Settings.UnusableSettingException.class)
        .hasMessage("the setting A cannot be read from what A_ARN names")
        .rootCause()
        .hasMessageContaining("no such secret");
  }

  /** One event asks for a value many times. */
  @Test
  void shouldNotAskAgainAtOnceForWhatCannotBeRead() {
    Settings settings = settings(Map.of("A_ARN", "missing", "B_ARN", ARN));
    assertThatThrownBy(() -> settings.find("A"));
    assertThatThrownBy(() -> settings.find("A"));
    assertThat(requests).hasSize(1);
    assertThat(settings.find("B")).contains("from the secret");

    now = start.plus(Duration.ofSeconds(3));
    assertThatThrownBy(() -> settings.find("A"));
    assertThat(requests).hasSize(3);
  }

  @Test
  void shouldTakeFixedSettingsFromVariablesOnly() {
    Settings settings = settings(Map.of("A", " 1 ", "B_ARN", ARN, "C_PARAMETER", "/p", "D", " "));
    assertThat(settings.fixed("A")).contains("1");
    assertThat(settings.fixed("D")).isEmpty();
    assertThat(settings.fixed("E")).isEmpty();
    assertThatThrownBy(() -> settings.requireFixed("E")).hasMessage("the setting E is missing");
    for (String name : List.of("B", "C")) {
      assertThatThrownBy(() -> settings.fixed(name))
          .isInstanceOf(Settings.UnusableSettingException.class)
          .hasMessage(
              "the setting %s is read when a function starts, so it cannot come from a secret or a parameter: set the variable %s itself"
                  .formatted(name, name));
    }
    assertThat(requests).isEmpty();
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
    return new EnvironmentSettings(environment, () -> now);
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
                  ? "{\"SecretString\":\"%s\"}".formatted(secret)
                  : "{\"Parameter\":{\"Value\":\"from the parameter\"}}";
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
      exchange.sendResponseHeaders(missing ? 400 : 200, answer.getBytes(UTF_8).length);
      exchange.getResponseBody().write(answer.getBytes(UTF_8));
    }
  }
}
