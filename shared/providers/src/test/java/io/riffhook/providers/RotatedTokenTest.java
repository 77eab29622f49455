package io.riffhook.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A token that was rotated costs no job: the refusal of the old one is answered with the new. */
class RotatedTokenTest {
  private static final String OLD_TOKEN = "token-of-yesterday";
  private static final String NEW_TOKEN = "token-of-today";

  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  RotatedTokenTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::refuse);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** Knows the token of today only, and nothing else. */
  private void refuse(HttpExchange exchange) throws IOException {
    try (exchange) {
      String token = exchange.getRequestHeaders().getFirst("Authorization");
      tokens.add(token);
      exchange.sendResponseHeaders(token.endsWith(NEW_TOKEN) ? 404 : 401, -1);
    }
  }

  static List<String> providers() {
    return ConfiguredProviders.names();
  }

  private Provider provider(String name, Kept kept) {
    return ConfiguredProviders.find(name, kept).orElseThrow();
  }

  /** Settings whose token was rotated since it was read, or never was. */
  private final class Kept implements Settings {
    private final String rotated;
    private volatile String token = OLD_TOKEN;

    private Kept(String rotated) {
      this.rotated = rotated;
    }

    @Override
    public Optional<String> find(String name) {
      String word = name.toLowerCase(Locale.ROOT);
      if (word.endsWith("_token")) {
        return Optional.of(token);
      }
      if (word.endsWith("_base_url")) {
        return Optional.of("http://127.0.0.1:" + server.getAddress().getPort());
      }
      return name.equals("RIFFHOOK_ONE_MACHINE") ? Optional.of("true") : Optional.empty();
    }

    @Override
    public boolean isReplaced(String name, String refused) {
      assertThat(refused).isEqualTo(OLD_TOKEN);
      token = rotated;
      return Settings.super.isReplaced(name, refused);
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void shouldCallAgainWithTheTokenThatTookItsPlace(String name) {
    provider(name, new Kept(NEW_TOKEN)).lookup("p-1", Optional.empty());

    assertThat(tokens).hasSizeGreaterThanOrEqualTo(2);
    assertThat(tokens.get(0)).endsWith(OLD_TOKEN);
    assertThat(tokens.subList(1, tokens.size())).allMatch(token -> token.endsWith(NEW_TOKEN));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void shouldTakeARefusalOfTheOnlyTokenForGood(String name) {
    provider(name, new Kept(OLD_TOKEN)).lookup("p-1", Optional.empty());

    assertThat(tokens).hasSize(1);
  }
}
