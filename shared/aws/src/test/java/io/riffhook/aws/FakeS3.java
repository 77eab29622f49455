package io.riffhook.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An S3 that answers to parts as a test says, for what no real one does when asked. */
final class FakeS3 implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final Parts parts;
  private final int head;
  private final Queue<String> log = new ConcurrentLinkedQueue<>();

  /** Answers to a part that came. */
  @FunctionalInterface
  interface Parts {
    /** The status of the answer. */
    int answer(int number) throws InterruptedException;
  }

  FakeS3(Parts parts) throws IOException {
    this(parts, 404);
  }

  /**
   * @param head the status that any HEAD gets
   */
  FakeS3(Parts parts, int head) throws IOException {
    this.parts = parts;
    this.head = head;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** The environment of a function that works with it. */
  Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL_S3",
        "http://127.0.0.1:" + server.getAddress().getPort(),
        "AWS_REGION",
        "us-east-1",
        "AWS_ACCESS_KEY_ID",
        "test",
        "AWS_SECRET_ACCESS_KEY",
        "test");
  }

  /** What was asked for and answered, in this order: {@code begin, part 1, complete, abort}. */
  Queue<String> log() {
    return log;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      switch (exchange.getRequestMethod()) {
        case "POST" -> {
          boolean begins = query.contains("uploads");
          log.add(begins ? "begin" : "complete");
          String root = begins ? "InitiateMultipartUploadResult" : "CompleteMultipartUploadResult";
          reply(exchange, 200, "<%s><UploadId>1</UploadId></%s>".formatted(root, root));
        }
        case "PUT" -> {
          if (!query.contains("partNumber")) {
            log.add("put");
            return; // closes the connection without an answer
          }
          int number = Integer.parseInt(query.replaceAll(".*partNumber=(\\d+).*", "$1"));
          int status = parts.answer(number);
          log.add("part " + number);
          exchange.getResponseHeaders().add("ETag", "\"" + number + "\"");
          reply(exchange, status, status < 300 ? "" : "<Error><Code>No</Code></Error>");
        }
        case "DELETE" -> {
          log.add("abort");
          exchange.sendResponseHeaders(204, -1);
        }
        default -> exchange.sendResponseHeaders(head, -1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void reply(HttpExchange exchange, int status, String xml) throws IOException {
    byte[] body = xml.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
