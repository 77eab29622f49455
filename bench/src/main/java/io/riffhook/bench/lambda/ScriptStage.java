package io.riffhook.bench.lambda;

import io.riffhook.bench.Cores;
import io.riffhook.processes.RuntimeApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A function in another language, under a runtime of a few lines. */
final class ScriptStage implements Stage {
  private final RuntimeApi api;
  private final Process process;

  private ScriptStage(RuntimeApi api, Process process) {
    this.api = api;
    this.process = process;
  }

  /**
   * Starts it on the core of what is measured.
   *
   * @param command the interpreter and its script
   * @param folder the function's code
   * @param handler as the runtime names it
   */
  static ScriptStage start(
      List<String> command, Path folder, String handler, Map<String, String> environment, Path log)
      throws IOException {
    RuntimeApi api = RuntimeApi.start(handler);
    List<String> pinned = new ArrayList<>(Cores.measured());
    pinned.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(pinned)
            .redirectErrorStream(true)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    // Lambda sets both.
    builder
        .environment()
        .put("AWS_DEFAULT_REGION", environment.getOrDefault("AWS_REGION", "us-east-1"));
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_LAMBDA_RUNTIME_API",
                api.address(),
                "LAMBDA_TASK_ROOT",
                folder.toString(),
                "_HANDLER",
                handler));
    Process process = builder.start();
    var _ =
        process
            .onExit()
            .thenRunAsync(
                () -> {
                  api.processEnded(process.exitValue());
                  api.close();
                });
    return new ScriptStage(api, process);
  }

  @Override
  public void awaitReady() throws Exception {
    api.ready().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public byte[] invoke(byte[] event) throws Exception {
    return api.invoke(event, PATIENCE);
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
