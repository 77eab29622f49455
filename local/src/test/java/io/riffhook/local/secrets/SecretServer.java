package io.riffhook.local.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Secrets Manager and SSM's Parameter Store, over their real protocols, for the one call of each
 * that functions make.
 */
public final class SecretServer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, String> values = new ConcurrentHashMap<>();
  private final List<String> reads = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private SecretServer(HttpServer server) {
    this.server = server;
  }

  /** Starts a server without any value. */
  public static SecretServer start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    SecretServer secrets = new SecretServer(server);
    server.createContext("/", secrets::serve);
    server.start();
    return secrets;
  }

  /** The variables by which an AWS SDK finds it. */
  public Map<String, String> environment() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return Map.of("AWS_ENDPOINT_URL_SECRETS_MANAGER", url, "AWS_ENDPOINT_URL_SSM", url);
  }

  /** Sets a secret, by its ARN, or a parameter, by its name. */
  public void put(String name, String value) {
    values.put(name, value);
  }

  /** What was read, in this order. */
  List<String> reads() {
    return List.copyOf(reads);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
      switch (exchange.getRequestHeaders().getFirst("X-Amz-Target")) {
        case "secretsmanager.GetSecretValue" -> {
          String id = request.path("SecretId").asText();
          answer(exchange, Map.of("ARN", id, "Name", id, "SecretString", read(id)));
        }
        case "AmazonSSM.GetParameter" -> {
          String name = request.path("Name").asText();
          answer(
              exchange,
              Map.of("Parameter", Map.of("Name", name, "Type", "String", "Value", read(name))));
        }
        case null, default -> exchange.sendResponseHeaders(501, -1);
      }
    }
  }

  private String read(String name) {
    reads.add(name);
    return values.getOrDefault(name, "");
  }

  private static void answer(HttpExchange exchange, Map<String, ?> body) throws IOException {
    byte[] answer = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
