package io.riffhook.processes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What a function finds at an AWS endpoint: a service that a test can cut off, have refuse
 * everything, or open. It records each request.
 */
final class Gate implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /** Headers that the HTTP client sets itself. */
  private static final Set<String> ITS_OWN =
      Set.of("host", "connection", "content-length", "expect", "upgrade");

  private final HttpServer server;
  private final Service service;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile State state = State.CUT;

  private Gate(HttpServer server, Service service) {
    this.server = server;
    this.service = service;
  }

  /** How it answers. */
  enum State {
    /** It ends each connection without an answer. */
    CUT,
    /** It denies access. */
    REFUSING,
    /** The service answers. */
    OPEN
  }

  /**
   * A request, in AWS's JSON protocol.
   *
   * @param operation the operation's name; empty if it is in another protocol
   */
  record Request(String operation, JsonNode body) {}

  /** The status and the body of an answer. */
  record Answer(int status, String body) {}

  /** The service behind the gate. */
  interface Service {
    Answer answer(HttpExchange exchange, String operation, byte[] body)
        throws IOException, InterruptedException;
  }

  static Gate before(Service service) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Gate gate = new Gate(server, service);
    server.setExecutor(gate.threads);
    server.createContext("/", gate::handle);
    server.start();
    return gate;
  }

  /** A gate before a service that runs elsewhere. */
  static Gate before(URI target) throws IOException {
    HttpClient client =
        HttpClient.newHttpClient(); // ends with the gate, for it is held nowhere else
    return before(
        (exchange, _, body) -> {
          HttpRequest.Builder request =
              HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                  .method(
                      exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
          exchange
              .getRequestHeaders()
              .forEach(
                  (name, values) -> {
                    if (!ITS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
                      values.forEach(value -> request.header(name, value));
                    }
                  });
          HttpResponse<String> response =
              client.send(request.build(), HttpResponse.BodyHandlers.ofString());
          return new Answer(response.statusCode(), response.body());
        });
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void state(State next) {
    state = next;
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      String operation = target == null ? "" : target.substring(target.indexOf('.') + 1);
      requests.add(
          new Request(operation, target == null ? JSON.createObjectNode() : JSON.readTree(body)));
      Answer answer =
          switch (state) {
            case CUT -> throw new IOException("cut");
            case REFUSING ->
                new Answer(400, "{\"__type\": \"AccessDeniedException\", \"message\": \"denied\"}");
            case OPEN -> service.answer(exchange, operation, body);
          };
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
