package io.riffhook.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Somebody who is called back. */
final class Receiver implements AutoCloseable {
  /**
   * A post.
   *
   * @param headers by their names in lower case
   * @param text the body
   */
  record Received(Map<String, String> headers, String text) {
    JsonNode body() {
      try {
        return JsonMapper.builder().build().readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final BlockingQueue<Received> posts = new LinkedBlockingQueue<>();
  private final HttpServer server;

  Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          Map<String, String> headers = new HashMap<>();
          exchange
              .getRequestHeaders()
              .forEach((name, values) -> headers.put(lower(name), values.getFirst()));
          byte[] body = exchange.getRequestBody().readAllBytes();
          posts.add(new Received(headers, new String(body, StandardCharsets.UTF_8)));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/callback";
  }

  /** How many posts wait to be taken. */
  int waiting() {
    return posts.size();
  }

  /** The body of the next post, waited for. */
  JsonNode next() throws InterruptedException {
    return nextPost().body();
  }

  /** The next post, waited for. */
  Received nextPost() throws InterruptedException {
    Received post = posts.poll(30, TimeUnit.SECONDS);
    if (post == null) {
      throw new AssertionError("no callback came");
    }
    return post;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
