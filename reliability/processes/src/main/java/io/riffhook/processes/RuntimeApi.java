package io.riffhook.processes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The Runtime API of one execution environment, from which a function's process takes its events
 * (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
 */
public final class RuntimeApi implements AutoCloseable {
  private static final String API = "/2018-06-01/runtime/";

  private final String function;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> running = new ConcurrentHashMap<>();
  private volatile boolean ended;
  private volatile int exit;

  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  private record Invocation(
      String id, byte[] event, Instant deadline, CompletableFuture<byte[]> answer) {}

  /** The function threw; its process goes on. */
  public static final class FunctionErrorException extends Exception {
    private static final long serialVersionUID = 1L;

    private FunctionErrorException(String report) {
      super(report);
    }
  }

  /** The process ended while it was needed. */
  public static final class ProcessEndedException extends Exception {
    private static final long serialVersionUID = 1L;

    private ProcessEndedException(String function, int exit) {
      super("the process of " + function + " ended with " + exit);
    }
  }

  private RuntimeApi(String function, HttpServer server) {
    this.function = function;
    this.server = server;
  }

  /**
   * Serves on a free port of this machine.
   *
   * @param function its name, as it is told to the process
   */
  public static RuntimeApi start(String function) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    RuntimeApi api = new RuntimeApi(function, server);
    server.setExecutor(api.threads);
    server.createContext(API, api::serve);
    server.start();
    return api;
  }

  /** What the process is told in {@code AWS_LAMBDA_RUNTIME_API}. */
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Done when the function has started and asks for its first event; fails if it ends before. */
  public CompletableFuture<Void> ready() {
    return ready;
  }

  /**
   * Has an event handled, and gives the answer.
   *
   * @param limit how long the function may take
   */
  public byte[] invoke(byte[] event, Duration limit)
      throws FunctionErrorException, ProcessEndedException, InterruptedException, TimeoutException {
    Invocation invocation =
        new Invocation(
            UUID.randomUUID().toString(),
            event,
            Instant.now().plus(limit),
            new CompletableFuture<>());
    waiting.add(invocation);
    failWhatWaits();
    try {
      return invocation.answer().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case FunctionErrorException failed -> throw failed;
        case ProcessEndedException gone -> throw gone;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /** Tells that the process is no more: whatever it was asked, and is asked, fails. */
  public void processEnded(int status) {
    exit = status;
    ended = true;
    failWhatWaits();
  }

  private void failWhatWaits() {
    if (ended) {
      ProcessEndedException why = new ProcessEndedException(function, exit);
      ready.completeExceptionally(why);
      waiting.forEach(each -> each.answer().completeExceptionally(why));
      running.values().forEach(each -> each.answer().completeExceptionally(why));
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(API.length());
    try (exchange) {
      if (path.equals("invocation/next")) {
        next(exchange);
        return;
      }
      if (path.equals("restore/next")) {
        // A process that SnapStart started: its snapshot is taken, and restored at once.
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      String[] parts = path.split("/", -1);
      Invocation invocation = parts.length == 3 ? running.remove(parts[1]) : null;
      if (invocation != null && parts[2].equals("response")) {
        invocation.answer().complete(body);
      } else {
        FunctionErrorException failed =
            new FunctionErrorException(new String(body, StandardCharsets.UTF_8));
        if (invocation != null) {
          invocation.answer().completeExceptionally(failed);
        } else {
          ready.completeExceptionally(failed); // it did not start
        }
      }
      exchange.sendResponseHeaders(202, -1);
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    ready.complete(null);
    Invocation invocation;
    try {
      invocation = waiting.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("stopped", e));
    }
    running.put(invocation.id(), invocation);
    failWhatWaits();
    // With a content type: the client's native part crashes on an answer that has none.
    Map.of(
            "Lambda-Runtime-Aws-Request-Id",
            invocation.id(),
            "Lambda-Runtime-Deadline-Ms",
            Long.toString(invocation.deadline().toEpochMilli()),
            "Lambda-Runtime-Invoked-Function-Arn",
            "arn:aws:lambda:us-east-1:000000000000:function:" + function,
            "Lambda-Runtime-Trace-Id",
            "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0",
            "Content-Type",
            "application/json")
        .forEach(exchange.getResponseHeaders()::add);
    exchange.sendResponseHeaders(200, invocation.event().length);
    exchange.getResponseBody().write(invocation.event());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
