package io.riffhook.processes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Receives webhooks, and remembers which jobs they say are ready. */
final class ReadyWebhooks implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final Set<String> jobs = ConcurrentHashMap.newKeySet();

  private ReadyWebhooks(HttpServer server) {
    this.server = server;
  }

  static ReadyWebhooks start() throws IOException {
    ReadyWebhooks webhooks =
        new ReadyWebhooks(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    webhooks.server.createContext("/", webhooks::take);
    webhooks.server.start();
    return webhooks;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode event = JSON.readTree(exchange.getRequestBody().readAllBytes());
      if (event.path("type").asText().equals("job.ready")) {
        event.findValuesAsText("id").forEach(jobs::add);
        event.findValuesAsText("jobId").forEach(jobs::add);
      }
      exchange.sendResponseHeaders(204, -1);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ready");
  }

  /** The ids in all events of jobs that are ready: those of the jobs, and of their songs. */
  Set<String> jobs() {
    return Set.copyOf(jobs);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
