package io.riffhook.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Somebody who is called back. */
final class Receiver implements AutoCloseable {
  private final BlockingQueue<JsonNode> posts = new LinkedBlockingQueue<>();
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
          posts.add(JsonMapper.builder().build().readTree(exchange.getRequestBody()));
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

  /** The next post, waited for. */
  JsonNode next() throws InterruptedException {
    JsonNode post = posts.poll(30, TimeUnit.SECONDS);
    if (post == null) {
      throw new AssertionError("no callback came");
    }
    return post;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
