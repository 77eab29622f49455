package io.riffhook.local.docs;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Takes webhooks on loopback, and counts them: all of them, or none where the path says so. */
public final class Receiver implements AutoCloseable {
  private static final int NO_CONTENT = 204;
  private static final int GONE = 410;

  private final HttpServer server;
  private final ConcurrentMap<String, Integer> received = new ConcurrentHashMap<>();

  public Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("webhook-id"))
              .ifPresent(id -> received.merge(id, 1, Integer::sum));
          boolean gone = exchange.getRequestURI().getPath().equals("/gone");
          exchange.sendResponseHeaders(gone ? GONE : NO_CONTENT, -1);
          exchange.close();
        });
    server.start();
  }

  /** Where it takes those of a path. */
  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** How often a webhook came. */
  public int received(String webhookId) {
    return received.getOrDefault(webhookId, 0);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
