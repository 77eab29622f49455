package io.riffhook.local.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose table and queues a command works on. */
final class DeploymentOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "The folder of a Riffhook on this machine, whether it runs or not (default: the deployed"
            + " one that RIFFHOOK_TABLE and the other variables name; without them,"
            + " ./riffhook-data)."
      })
  @Nullable Path data;

  /** Opens it, for as long as the command runs. */
  Deployment open(CliContext context) {
    return Deployment.open(context, Optional.ofNullable(data));
  }
}
