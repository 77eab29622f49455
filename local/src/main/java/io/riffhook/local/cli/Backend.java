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

/**
 * The system in this process, with its provider: useapi where its token is set, else the simulator.
 */
final class Backend implements AutoCloseable {
  private static final String TOKEN = "USEAPI_TOKEN";

  /** What of the user's environment is a setting here; the rest is where Lambda finds its parts. */
  private static final List<String> SETTINGS =
      List.of(
          TOKEN,
          "USEAPI_BASE_URL",
          "RIFFHOOK_PROVIDERS",
          "RIFFHOOK_PUBLIC_URL",
          "RIFFHOOK_CALLBACK_SECRETS",
          "AWS_REGION",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY");

  private final LocalMachine machine;
  private final Optional<Simulator> simulator;

  private Backend(LocalMachine machine, Optional<Simulator> simulator) {
    this.machine = machine;
    this.simulator = simulator;
  }

  /** Whether songs are made by a real provider, and cost. */
  static boolean isReal(CliContext context) {
    return context.variable(TOKEN).isPresent();
  }

  /** Whether jobs outlive the process even if nobody asks for it. */
  static boolean mustKeep(CliContext context) {
    return isReal(context) || awsEndpoint(context).isPresent();
  }

  static Optional<URI> awsEndpoint(CliContext context) {
    return context.variable("AWS_ENDPOINT_URL").map(URI::create);
  }

  /** Starts everything; answers once requests are served. */
  static Backend start(
      CliContext context, int port, Optional<Path> data, SimulatorSettings settings) {
    Map<String, String> environment = new HashMap<>();
    SETTINGS.forEach(
        name -> context.variable(name).ifPresent(value -> environment.put(name, value)));
    Simulator simulator = null;
    try {
      if (!isReal(context)) {
        simulator = Simulator.start(settings, 0);
        environment.put("RIFFHOOK_PROVIDERS", "useapi");
        environment.put("USEAPI_BASE_URL", simulator.baseUrl());
        environment.put(TOKEN, simulator.token());
        environment.remove("RIFFHOOK_PUBLIC_URL"); // the simulator is on this machine
      }
      LocalMachine machine =
          LocalMachine.start(
              new LocalOptions(
                  data,
                  port,
                  awsEndpoint(context),
                  environment,
                  context.template(),
                  Optional.empty()));
      return new Backend(machine, Optional.ofNullable(simulator));
    } catch (Exception e) {
      if (simulator != null) {
        simulator.close();
      }
      throw new CliException(ExitCode.UNREACHABLE, "cannot start: " + why(e, port, context), e);
    }
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

  /** What a person should know of the provider. */
  List<String> aboutProvider() {
    if (simulator.isPresent()) {
      return List.of("the simulator, which costs nothing (set USEAPI_TOKEN for the real useapi)");
    }
    String provider = "useapi, with your token: songs cost credits there";
    return machine.isReachable()
        ? List.of(provider)
        : List.of(
            provider,
            "no public URL: asking the provider now and then instead of waiting for its callback");
  }
}
