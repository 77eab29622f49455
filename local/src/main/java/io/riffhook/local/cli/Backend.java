package io.riffhook.local.cli;

import io.riffhook.local.LocalMachine;
import io.riffhook.local.LocalOptions;
import io.riffhook.simulator.Simulator;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The system in this process, with its providers. */
final class Backend implements AutoCloseable {
  /**
   * What of the user's environment is a setting here besides the providers'; the rest is where
   * Lambda finds its parts.
   */
  private static final List<String> SETTINGS =
      List.of(
          "RIFFHOOK_CALLBACK_SECRETS",
          "RIFFHOOK_MAX_RUNNING_JOBS",
          "RIFFHOOK_MAX_JOBS_PER_DAY",
          "AWS_REGION",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY");

  private final LocalMachine machine;
  private final Optional<Simulator> simulator;
  private final List<String> aboutProviders;

  private Backend(
      LocalMachine machine, Optional<Simulator> simulator, List<String> aboutProviders) {
    this.machine = machine;
    this.simulator = simulator;
    this.aboutProviders = aboutProviders;
  }

  /** Whether jobs outlive the process even if nobody asks for it. */
  static boolean mustKeep(CliContext context) {
    return LocalProviders.areReal(context) || awsEndpoint(context).isPresent();
  }

  static Optional<URI> awsEndpoint(CliContext context) {
    return context.variable("AWS_ENDPOINT_URL").map(URI::create);
  }

  /** Starts everything; answers once requests are served. */
  static Backend start(
      CliContext context, int port, Optional<Path> data, SimulatorSettings settings) {
    Simulator simulator = null;
    LocalMachine machine = null;
    try {
      LocalProviders providers;
      if (LocalProviders.areReal(context)) {
        providers = LocalProviders.real(context);
      } else {
        simulator = Simulator.start(settings, 0);
        providers = LocalProviders.simulated(context, simulator.origin(), simulator.token());
      }
      machine =
          LocalMachine.start(
              new LocalOptions(
                  data,
                  port,
                  awsEndpoint(context),
                  environment(context, providers),
                  context.template(),
                  Optional.empty()));
      return new Backend(
          machine, Optional.ofNullable(simulator), providers.about(machine.isReachable()));
    } catch (Exception e) {
      if (machine != null) {
        machine.close();
      }
      if (simulator != null) {
        simulator.close();
      }
      throw new CliException(ExitCode.UNREACHABLE, "cannot start: " + why(e, port, context), e);
    }
  }

  private static Map<String, String> environment(CliContext context, LocalProviders providers) {
    Map<String, String> environment = new HashMap<>(providers.environment());
    SETTINGS.forEach(
        name -> context.variable(name).ifPresent(value -> environment.put(name, value)));
    return environment;
  }

  private static String why(Exception failure, int port, CliContext context) {
    Throwable cause = failure;
    @Nullable Throwable next = cause;
    while (next != null) {
      if (next instanceof BindException) {
        return "port %d is taken. Choose another one with --port.".formatted(port);
      }
      cause = next;
      next = next.getCause();
    }
    String words = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return awsEndpoint(context)
        .map(endpoint -> "the AWS at " + endpoint + " (AWS_ENDPOINT_URL): " + words)
        .orElse(words);
  }

  LocalMachine machine() {
    return machine;
  }

  Api api() {
    return new Api(machine.apiUrl());
  }

  /** Lets what runs end, then stops. */
  @Override
  public void close() {
    machine.close();
    simulator.ifPresent(Simulator::close);
  }

  /** What a person should know of the providers, most important first. */
  List<String> aboutProviders() {
    return aboutProviders;
  }
}
