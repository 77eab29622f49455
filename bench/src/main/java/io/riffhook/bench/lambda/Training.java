package io.riffhook.bench.lambda;

import io.riffhook.bench.Cores;
import io.riffhook.processes.FunctionCode;
import io.riffhook.processes.LambdaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Makes AOT caches (JEP 514): a run that handles events, and leaves what the JVM learned in a file.
 */
final class Training {
  private static final int EVENTS = 50;

  private Training() {}

  /**
   * The same code with a cache. A cache goes on being used when the jars it was made from have
   * changed, so it is made anew in each run.
   *
   * @param events gives an event for each call
   */
  static FunctionCode train(
      FunctionCode code, Map<String, String> environment, Path log, Callable<byte[]> events)
      throws Exception {
    Path cache = code.folder().resolve("function.aot");
    List<String> flags = new ArrayList<>(JavaStage.LAMBDA);
    flags.add("-XX:AOTCacheOutput=" + cache);
    try (LambdaProcess process =
        LambdaProcess.startUnder(Cores.measured(), code, environment, log, flags)) {
      for (int i = 0; i < EVENTS; i++) {
        process.invoke(events.call(), Stage.PATIENCE);
      }
    }
    if (!Files.exists(cache)) {
      throw new IOException("no AOT cache was written, see " + Files.readString(log));
    }
    return code.withCache(cache);
  }
}
