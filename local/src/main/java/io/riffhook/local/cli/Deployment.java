package io.riffhook.local.cli;

import io.riffhook.local.LocalAws;
import io.riffhook.local.LocalOptions;
import io.riffhook.local.data.FileFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A Riffhook whose AWS a command works on: one that runs on this machine, one that doesn't and
 * whose data lie in a folder, or a deployed one.
 */
final class Deployment implements AutoCloseable {
  private static final String TABLE = "RIFFHOOK_TABLE";

  private final String place;
  private final boolean runs;
  private final Map<String, String> environment;
  private final Runnable release;

  private Deployment(
      String place, boolean runs, Map<String, String> environment, Runnable release) {
    this.place = place;
    this.runs = runs;
    this.environment = Map.copyOf(environment);
    this.release = release;
  }

  /**
   * Opens the one that is meant.
   *
   * @param data the folder of one on this machine; where it is not given, the variables of a
   *     deployed one are looked at first, then the folder that {@code up} uses
   * @throws CliException where there is none, or it doesn't answer
   */
  static Deployment open(CliContext context, Optional<Path> data) {
    if (data.isEmpty() && context.variable(TABLE).isPresent()) {
      return deployed(context);
    }
    Path folder = data.orElse(UpCommand.DATA);
    try {
      Optional<Running> running = Running.in(folder);
      return running.isPresent()
          ? running(running.get(), folder, context)
          : resting(folder, context);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.UNREACHABLE, "the data folder cannot be read: " + FileFailures.sentence(e), e);
    }
  }

  private static Deployment deployed(CliContext context) {
    Map<String, String> environment =
        context.environment().entrySet().stream()
            .filter(each -> each.getKey().matches("AWS_.*|RIFFHOOK_(TABLE|BUCKET|[A-Z]+_QUEUE)"))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new Deployment(
        "table " + environment.getOrDefault(TABLE, ""), true, environment, () -> {});
  }

  private static Deployment running(Running running, Path folder, CliContext context) {
    if (!running.answers()) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          "process %d has the data of %s open and does not answer at %s: it starts or ends just now"
              .formatted(running.pid(), folder, running.api()));
    }
    Map<String, String> environment = new HashMap<>(elsewhereCredentials(context));
    environment.putAll(running.environment());
    return new Deployment(running.api().toString(), true, environment, () -> {});
  }

  /** The keys of an AWS that is no part of the process, as {@code up} takes them. */
  private static Map<String, String> elsewhereCredentials(CliContext context) {
    return Map.of(
        "AWS_REGION", context.variable("AWS_REGION").orElse("us-east-1"),
        "AWS_ACCESS_KEY_ID", context.variable("AWS_ACCESS_KEY_ID").orElse("test"),
        "AWS_SECRET_ACCESS_KEY", context.variable("AWS_SECRET_ACCESS_KEY").orElse("test"));
  }

  private static Deployment resting(Path folder, CliContext context) {
    if (!Files.isDirectory(folder) && Backend.awsEndpoint(context).isEmpty()) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          ("there is no Riffhook: nothing runs on %s, and no such folder is there. Name the folder"
                  + " of another one with --data, or set RIFFHOOK_TABLE and the rest for a deployed"
                  + " one (docs/operations.md). One of 'up --in-memory' cannot be reached by other"
                  + " commands.")
              .formatted(folder));
    }
    try {
      LocalAws aws =
          LocalAws.start(
              new LocalOptions(
                  Optional.of(folder),
                  0,
                  Backend.awsEndpoint(context),
                  elsewhereCredentials(context),
                  context.template(),
                  Optional.empty()));
      return new Deployment("the data in " + folder, false, aws.environment(), aws::close);
    } catch (Exception e) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          "cannot open the data in %s: %s".formatted(folder, Backend.root(e)),
          e);
    }
  }

  /** What it is, in words for a person. */
  String place() {
    return place;
  }

  /** Whether messages that are sent are taken at once. */
  boolean runs() {
    return runs;
  }

  /**
   * What AWS clients need to find and open its AWS, with {@code RIFFHOOK_TABLE}, {@code
   * RIFFHOOK_BUCKET} and {@code RIFFHOOK_…_QUEUE}. Those of a deployed one are as many as the user
   * has set. Some values are secret.
   */
  Map<String, String> environment() {
    return environment;
  }

  /** Stops what was started for it. */
  @Override
  public void close() {
    release.run();
  }
}
