package io.riffhook.providers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.riffhook.domain.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A provider on loopback that gives the answers it was told to give, each once and in order, and
 * remembers what it was asked. A request that no answer was queued for fails the test.
 */
public final class StubProvider implements AfterEachCallback {
  /** What stands before every path at useapi. */
  public static final String PREFIX = "/v1/riffusion";

  private final String prefix;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Deque<HttpHandler>> answers = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<String> unexpected = new CopyOnWriteArrayList<>();

  /** Starts it as useapi. */
  public StubProvider() {
    this(PREFIX);
  }

  /**
   * Starts one of another API.
   *
   * @param prefix what stands before every path
   */
  public StubProvider(String prefix) {
    this.prefix = prefix;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** A request as it came, header names in lower case. */
  public record Request(String method, String target, Map<String, String> headers, String body) {
    /** A header's value. */
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
  }

  /** Its origin, such as {@code http://127.0.0.1:4711}. */
  public String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Its base URL. */
  public String baseUrl() {
    return origin() + prefix;
  }

  /** Settings that lead here, on one machine. */
  public Settings settings() {
    return settings("USEAPI");
  }

  /** Settings that lead a provider here, on one machine. */
  public Settings settings(String provider) {
    return settings(
        Map.of(
            "RIFFHOOK_ONE_MACHINE",
            "true",
            provider + "_BASE_URL",
            baseUrl(),
            provider + "_TOKEN",
            "user:1234-secret"));
  }

  /** Settings of another provider that lead here, on one machine. */
  public Settings settings(String setting, String token) {
    return settings(
        Map.of(
            "RIFFHOOK_ONE_MACHINE",
            "true",
            setting + "_BASE_URL",
            baseUrl(),
            setting + "_TOKEN",
            token));
  }

  /** Settings from a map. */
  public static Settings settings(Map<String, String> values) {
    return name -> Optional.ofNullable(values.get(name));
  }

  /** Queues an answer for a path of the API, given without its query. */
  public StubProvider answer(String path, int status, String body, String... headers) {
    return handler(path, exchange -> send(exchange, status, body, headers));
  }

  /** Queues whatever a handler does. One that throws drops the connection. */
  public StubProvider handler(String path, HttpHandler handler) {
    answers.computeIfAbsent(prefix + path, _ -> new ConcurrentLinkedDeque<>()).add(handler);
    return this;
  }

  /** Queues the end of the connection, without a byte of an answer. */
  public StubProvider drop(String path) {
    return handler(
        path,
        _ -> {
          throw new IOException("dropped, as told");
        });
  }

  /** What it was asked, in order. */
  public List<Request> requests() {
    return requests;
  }

  /** The only request. */
  public Request request() {
    if (requests.size() != 1) {
      throw new AssertionError("not one request but " + requests);
    }
    return requests.getFirst();
  }

  /** Answers an exchange; headers are names and values in turn. */
  public static void send(HttpExchange exchange, int status, String body, String... headers)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < headers.length; i += 2) {
      exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
    }
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, all) -> headers.put(name.toLowerCase(Locale.ROOT), all.getFirst()));
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String target = exchange.getRequestURI().toString();
      requests.add(new Request(exchange.getRequestMethod(), target, headers, body));
      Deque<HttpHandler> queue = answers.get(exchange.getRequestURI().getPath());
      HttpHandler handler = queue == null ? null : queue.poll();
      if (handler == null) {
        unexpected.add(exchange.getRequestMethod() + " " + target);
        send(exchange, 501, "");
        return;
      }
      handler.handle(exchange);
    }
  }

  /** Stops listening; what comes from now on is refused. */
  public void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    stop();
    if (!unexpected.isEmpty()) {
      throw new AssertionError("asked for what no answer was queued for: " + unexpected);
    }
  }
}
