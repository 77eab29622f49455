package io.riffhook.bench.cost;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.riffhook.local.aws.EmbeddedAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The embedded AWS behind a proxy for each of its users, so that each request is known with its
 * sender. It passes on what it gets, but has DynamoDB tell the units that a request takes.
 */
final class CountingAws implements AutoCloseable {
  /** What a client sets itself, and what belongs to one connection. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of("connection", "content-length", "expect", "transfer-encoding", "upgrade");

  private final EmbeddedAws aws;
  private final Map<String, String> endpoints;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();
  private final Map<String, HttpServer> proxies = new ConcurrentHashMap<>();
  private final Queue<WireRequest> requests = new ConcurrentLinkedQueue<>();
  private final Semaphore news = new Semaphore(0);

  private CountingAws(EmbeddedAws aws) {
    this.aws = aws;
    this.endpoints = aws.environment();
  }

  /** Starts the services, with nothing in them, in memory. */
  static CountingAws start() throws Exception {
    // The signature of a request to S3 holds its Host header.
    if (!"host".equals(System.getProperty("jdk.httpclient.allowRestrictedHeaders"))) {
      throw new IllegalStateException("run by ./riffhook bench, which lets the proxy set Host");
    }
    EmbeddedAws aws = new EmbeddedAws(Optional.empty());
    aws.dynamoDb().close();
    aws.sqs().close();
    aws.s3().close();
    return new CountingAws(aws);
  }

  /** The credentials that it takes. */
  Map<String, String> credentials() {
    return Map.of(
        "AWS_REGION", value("AWS_REGION"),
        "AWS_ACCESS_KEY_ID", value("AWS_ACCESS_KEY_ID"),
        "AWS_SECRET_ACCESS_KEY", value("AWS_SECRET_ACCESS_KEY"));
  }

  /** Its address for a user. */
  URI endpoint(String source) {
    HttpServer proxy = proxies.computeIfAbsent(source, this::proxy);
    return URI.create("http://127.0.0.1:" + proxy.getAddress().getPort());
  }

  /** All requests since the last {@link #forget}. */
  List<WireRequest> requests() {
    return List.copyOf(requests);
  }

  void forget() {
    requests.clear();
  }

  /** Waits for the next request that is no empty poll, for so long at most. */
  boolean isAskedWithin(Duration time) throws InterruptedException {
    news.drainPermits();
    return news.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private HttpServer proxy(String source) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(threads);
      server.createContext("/", exchange -> pass(source, exchange));
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void pass(String source, HttpExchange exchange) throws IOException {
    try (exchange) {
      String target =
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target")).orElse("");
      byte[] body = exchange.getRequestBody().readAllBytes();
      byte[] sent = WireReader.asking(target, body);
      HttpResponse<byte[]> answer = http.send(request(target, exchange, sent), bytes());
      WireRequest request =
          WireReader.read(
              source,
              target,
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              body,
              answer.statusCode(),
              answer.body());
      requests.add(request);
      if (!request.isEmptyPoll()) {
        news.release();
      }
      answer(exchange, answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the proxy is closed", e);
    }
  }

  private HttpRequest request(String target, HttpExchange exchange, byte[] body) {
    String service =
        target.startsWith("DynamoDB") ? "DYNAMODB" : target.startsWith("AmazonSQS") ? "SQS" : "S3";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(value("AWS_ENDPOINT_URL_" + service) + exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.build();
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer)
      throws IOException {
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
              }
            });
    byte[] body = answer.body();
    if (exchange.getRequestMethod().equals("HEAD")) {
      answer
          .headers()
          .firstValue("Content-Length")
          .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
    }
    exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private String value(String name) {
    return Optional.ofNullable(endpoints.get(name)).orElseThrow();
  }

  private static HttpResponse.BodyHandler<byte[]> bytes() {
    return HttpResponse.BodyHandlers.ofByteArray();
  }

  @Override
  public void close() {
    proxies.values().forEach(each -> each.stop(0));
    http.shutdownNow();
    threads.shutdownNow();
    aws.close();
  }
}
