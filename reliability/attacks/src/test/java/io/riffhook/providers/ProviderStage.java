package io.riffhook.providers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.riffhook.domain.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Every adapter, led to a server on loopback that gives one and the same answer to all. */
final class ProviderStage {
  private volatile Answer answer = new Answer(200, new byte[0]);
  private final HttpServer server;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Answer(int status, byte[] body) {}

  ProviderStage() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      Answer now = answer;
      exchange.getResponseHeaders().set("retry-after", "7");
      exchange.sendResponseHeaders(now.status, now.body.length == 0 ? -1 : now.body.length);
      exchange.getResponseBody().write(now.body);
    }
  }

  /** What every call is answered from now on. */
  void answers(int status, byte[] body) {
    answer = new Answer(status, body);
  }

  /** Whether this is where the adapters were led to; whatever else they connect to is a finding. */
  boolean isAt(String host, int port) {
    return (host.equals("localhost") || host.equals("127.0.0.1"))
        && port == server.getAddress().getPort();
  }

  List<Provider> providers() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    Map<String, String> settings = new HashMap<>();
    settings.put("RIFFHOOK_ONE_MACHINE", "true");
    settings.put("RIFFHOOK_CALLBACK_SECRETS", "a-callback-secret-of-the-tests");
    for (String name : ConfiguredProviders.names()) {
      String prefix = name.toUpperCase(Locale.ROOT).replace('-', '_');
      settings.put(prefix + "_BASE_URL", url);
      settings.put(prefix + "_TOKEN", "user:1234-secret");
    }
    return ConfiguredProviders.names().stream()
        .map(
            name ->
                ConfiguredProviders.find(
                        name, setting -> Optional.ofNullable(settings.get(setting)))
                    .orElseThrow())
        .toList();
  }
}
