package io.riffhook.processes;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
 * One execution environment of a function, as on Lambda: its zip in a process of its own, under
 * AWS's runtime interface client, which asks this for events over the Runtime API
 * (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
 */
final class LambdaProcess implements AutoCloseable {
  private static final String API = "/2018-06-01/runtime/";
  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(20);

  private final FunctionCode code;
  private final Path log;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Process process;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> running = new ConcurrentHashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  private record Invocation(
      String id, byte[] event, Instant deadline, CompletableFuture<byte[]> answer) {}

  /** The function threw; its process goes on. */
  static final class FunctionErrorException extends Exception {
    private static final long serialVersionUID = 1L;

    private FunctionErrorException(String report) {
      super(report);
    }
  }

  /** The process ended while it was needed. */
  static final class ProcessEndedException extends Exception {
    private static final long serialVersionUID = 1L;

    private ProcessEndedException(String function, int exit) {
      super("the process of " + function + " ended with " + exit);
    }
  }

  private LambdaProcess(
      FunctionCode code, Map<String, String> environment, Path log, List<String> flags)
      throws IOException {
    this.code = code;
    this.log = log;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(API, this::serve);
    server.start();
    process = launch(environment, flags);
    onExit(
        () -> {
          ended();
          server.stop(0);
          threads.shutdownNow();
        });
  }

  /**
   * Starts a process.
   *
   * @param environment the function's variables
   * @param log the file that its output is added to
   * @param flags the JVM's
   */
  static LambdaProcess start(
      FunctionCode code, Map<String, String> environment, Path log, List<String> flags)
      throws IOException {
    return new LambdaProcess(code, environment, log, flags);
  }

  private Process launch(Map<String, String> environment, List<String> flags) throws IOException {
    String handler = code.function().handler();
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(flags);
    code.cache().ifPresent(file -> command.add("-XX:AOTCache=" + file));
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            String.join(
                File.pathSeparator,
                code.folder().resolve("lib") + "/*",
                jar(AWSLambda.class),
                jar(PojoSerializer.class),
                jar(CustomPojoSerializer.class)),
            AWSLambda.class.getName(),
            handler));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .directory(code.folder().toFile())
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_LAMBDA_RUNTIME_API",
                "127.0.0.1:" + server.getAddress().getPort(),
                "AWS_EXECUTION_ENV",
                "AWS_Lambda_java25",
                "AWS_LAMBDA_FUNCTION_NAME",
                code.function().name(),
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                Integer.toString(code.function().memoryMegabytes()),
                "AWS_LAMBDA_FUNCTION_VERSION",
                "$LATEST",
                "LAMBDA_TASK_ROOT",
                code.folder().toString(),
                "_HANDLER",
                handler));
    return builder.start();
  }

  private static String jar(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Done when the function has started and asks for its first event; fails if it ends before. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Does something once the process has ended. */
  void onExit(Runnable what) {
    var _ = process.onExit().thenRunAsync(what);
  }

  /**
   * Has an event handled, and gives the answer.
   *
   * @param limit how long the function may take
   */
  byte[] invoke(byte[] event, Duration limit)
      throws FunctionErrorException, ProcessEndedException, InterruptedException, TimeoutException {
    Invocation invocation =
        new Invocation(
            UUID.randomUUID().toString(),
            event,
            Instant.now().plus(limit),
            new CompletableFuture<>());
    waiting.add(invocation);
    if (!process.isAlive()) {
      ended();
    }
    try {
      return invocation.answer().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case FunctionErrorException failed -> throw failed;
        case ProcessEndedException ended -> throw ended;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private void ended() {
    ProcessEndedException why =
        new ProcessEndedException(code.function().name(), process.exitValue());
    ready.completeExceptionally(why);
    waiting.forEach(each -> each.answer().completeExceptionally(why));
    running.values().forEach(each -> each.answer().completeExceptionally(why));
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(API.length());
    try (exchange) {
      if (path.equals("invocation/next")) {
        next(exchange);
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
    if (!process.isAlive()) {
      ended();
    }
    // With a content type: the client's native part crashes on an answer that has none.
    Map.of(
            "Lambda-Runtime-Aws-Request-Id",
            invocation.id(),
            "Lambda-Runtime-Deadline-Ms",
            Long.toString(invocation.deadline().toEpochMilli()),
            "Lambda-Runtime-Invoked-Function-Arn",
            "arn:aws:lambda:us-east-1:000000000000:function:" + code.function().name(),
            "Lambda-Runtime-Trace-Id",
            "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0",
            "Content-Type",
            "application/json")
        .forEach(exchange.getResponseHeaders()::add);
    exchange.sendResponseHeaders(200, invocation.event().length);
    exchange.getResponseBody().write(invocation.event());
  }

  /** What the function wrote to its log. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process at once, as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
  }

  /** Has the process end by itself, and waits for that. */
  @Override
  public void close() {
    process.destroy();
    try {
      process.onExit().get(CLOSING_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException _) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
