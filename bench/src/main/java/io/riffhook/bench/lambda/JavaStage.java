package io.riffhook.bench.lambda;

import io.riffhook.bench.Cores;
import io.riffhook.processes.FunctionCode;
import io.riffhook.processes.LambdaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java function under AWS's Java runtime interface client, on the core of what is measured. */
record JavaStage(LambdaProcess process) implements Stage {

  /** What Lambda starts Java 25 with, at 1,024 MB and on demand: the first compiler only. */
  static final List<String> LAMBDA =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx880m");

  /** What it starts Java 25 with where SnapStart or provisioned concurrency is on. */
  static final List<String> SNAP_START =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmx880m",
          "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");

  static JavaStage start(
      FunctionCode code, Map<String, String> environment, Path log, List<String> flags)
      throws Exception {
    return new JavaStage(LambdaProcess.startUnder(Cores.measured(), code, environment, log, flags));
  }

  @Override
  public void awaitReady() throws Exception {
    process.ready().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public byte[] invoke(byte[] event) throws Exception {
    return process.invoke(event, PATIENCE);
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.kill();
  }
}
