package io.riffhook.local.lambda;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A function's zip as Lambda runs it: unpacked, in a process of its own, under AWS's runtime
 * interface client, which asks this for events over the Runtime API
 * (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
 */
final class LambdaRuntime implements AutoCloseable {
  private static final String API = "/2018-06-01/runtime/";

  private final Path task;
  private final HttpServer server;
  private final Process process;
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> running = new ConcurrentHashMap<>();

  private record Invocation(String id, String event, CompletableFuture<String> answer) {}

  private LambdaRuntime(
      Path zip, Path task, String handler, Map<String, String> environment, List<String> flags)
      throws IOException {
    this.task = task;
    unpack(zip, task);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(API, this::serve);
    server.start();
    process = launch(task, handler, environment, flags);
  }

  static LambdaRuntime start(
      String function, Path task, Map<String, String> environment, String... flags)
      throws IOException {
    String handler =
        "io.riffhook.%s.%sFunction::handleRequest"
            .formatted(
                function,
                function.substring(0, 1).toUpperCase(Locale.ROOT) + function.substring(1));
    Path zip = Path.of("..", "functions", function, "target", function + ".zip");
    return new LambdaRuntime(zip, task, handler, environment, List.of(flags));
  }

  private static void unpack(Path zip, Path task) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = task.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(in, file);
        }
      }
    }
  }

  private Process launch(
      Path task, String handler, Map<String, String> environment, List<String> flags)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(flags);
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            String.join(
                File.pathSeparator,
                task.resolve("lib") + "/*",
                jar(AWSLambda.class),
                jar(PojoSerializer.class),
                jar(CustomPojoSerializer.class)),
            AWSLambda.class.getName(),
            handler));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(task.toFile()).redirectOutput(task.resolve("log").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + server.getAddress().getPort(),
                "AWS_EXECUTION_ENV", "AWS_Lambda_java25",
                "AWS_LAMBDA_FUNCTION_NAME", "riffhook-test",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024",
                "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST",
                "LAMBDA_TASK_ROOT", task.toString(),
                "_HANDLER", handler));
    return builder.start();
  }

  private static String jar(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Has an event handled, and gives the answer. */
  String invoke(String event, Duration patience) throws Exception {
    Invocation invocation =
        new Invocation(UUID.randomUUID().toString(), event, new CompletableFuture<>());
    waiting.add(invocation);
    return process
        .onExit()
        .thenApply(
            dead -> {
              throw new IllegalStateException(
                  "the process ended with " + dead.exitValue() + ": " + log());
            })
        .applyToEither(invocation.answer(), Object::toString)
        .get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(API.length());
    try (exchange) {
      if (path.equals("invocation/next")) {
        next(exchange);
        return;
      }
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String[] parts = path.split("/", -1);
      Invocation invocation = parts.length == 3 ? running.remove(parts[1]) : null;
      if (invocation != null && parts[2].equals("response")) {
        invocation.answer().complete(body);
      } else if (invocation != null) {
        invocation.answer().completeExceptionally(new IllegalStateException(body));
      } else {
        waiting.forEach(
            each -> each.answer().completeExceptionally(new IllegalStateException(body)));
      }
      exchange.sendResponseHeaders(202, -1);
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    Invocation invocation;
    try {
      invocation = waiting.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("stopped", e));
    }
    running.put(invocation.id(), invocation);
    // With a content type: the client's native part crashes on an answer that has none.
    Map.of(
            "Lambda-Runtime-Aws-Request-Id", invocation.id(),
            "Lambda-Runtime-Deadline-Ms",
                Long.toString(System.currentTimeMillis() + Duration.ofMinutes(15).toMillis()),
            "Lambda-Runtime-Invoked-Function-Arn",
                "arn:aws:lambda:us-east-1:000000000000:function:riffhook-test",
            "Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0",
            "Content-Type", "application/json")
        .forEach(exchange.getResponseHeaders()::add);
    byte[] event = invocation.event().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, event.length);
    exchange.getResponseBody().write(event);
  }

  /** What the function wrote to its log. */
  String log() {
    try {
      return Files.readString(task.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For the look through all output at the end of the build. */
  private void keepLog() {
    try {
      Path kept = Files.createDirectories(Path.of("target", "lambda-logs"));
      Files.copy(task.resolve("log"), kept.resolve(UUID.randomUUID() + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
    server.stop(0);
    keepLog();
  }
}
