package io.riffhook.processes;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One execution environment of a function, as on Lambda: its zip in a process of its own, under
 * AWS's runtime interface client, which asks a {@link RuntimeApi} for events.
 */
public final class LambdaProcess implements AutoCloseable {
  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(20);

  private final FunctionCode code;
  private final Path log;
  private final RuntimeApi api;
  private final Process process;

  private LambdaProcess(
      FunctionCode code,
      Map<String, String> environment,
      Path log,
      List<String> wrapper,
      List<String> flags)
      throws IOException {
    this.code = code;
    this.log = log;
    api = RuntimeApi.start(code.function().name());
    process = launch(environment, wrapper, flags);
    onExit(
        () -> {
          api.processEnded(process.exitValue());
          api.close();
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
    return startUnder(List.of(), code, environment, log, flags);
  }

  /**
   * Starts a process by way of a program that replaces itself with it, such as {@code taskset -c
   * 1}.
   *
   * @param wrapper that program and its arguments
   */
  public static LambdaProcess startUnder(
      List<String> wrapper,
      FunctionCode code,
      Map<String, String> environment,
      Path log,
      List<String> flags)
      throws IOException {
    return new LambdaProcess(code, environment, log, wrapper, flags);
  }

  private Process launch(Map<String, String> environment, List<String> wrapper, List<String> flags)
      throws IOException {
    String handler = code.function().handler();
    List<String> command = new ArrayList<>(wrapper);
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
                api.address(),
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

  /** The process's id. */
  public long pid() {
    return process.pid();
  }

  /** Done when the function has started and asks for its first event; fails if it ends before. */
  public CompletableFuture<Void> ready() {
    return api.ready();
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
  public byte[] invoke(byte[] event, Duration limit)
      throws RuntimeApi.FunctionErrorException,
          RuntimeApi.ProcessEndedException,
          InterruptedException,
          TimeoutException {
    return api.invoke(event, limit);
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
  public void kill() {
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
