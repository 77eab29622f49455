package io.riffhook.local.cli;

import io.riffhook.local.LocalMachine;
import io.riffhook.local.LocalOptions;
import io.riffhook.local.data.DataFolder;
import io.riffhook.local.data.FileFailures;
import io.riffhook.simulator.Simulator;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The system in this process, with its providers. */
final class Backend implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Backend.class);

  private static final Duration HEALTH_PATIENCE = Duration.ofMinutes(2);
  private static final String REQUIRE_KEYS = "RIFFHOOK_REQUIRE_KEYS";

  /**
   * What of the user's environment is a setting here besides the providers'; the rest is where
   * Lambda finds its parts.
   */
  private static final List<String> SETTINGS =
      List.of(
          "RIFFHOOK_CALLBACK_SECRETS",
          "RIFFHOOK_ALLOWED_ORIGINS",
          "RIFFHOOK_MAX_RUNNING_JOBS",
          "RIFFHOOK_MAX_JOBS_PER_DAY",
          REQUIRE_KEYS,
          "RIFFHOOK_JWT_ISSUER",
          "RIFFHOOK_JWT_AUDIENCE",
          "RIFFHOOK_JWT_OWNER_CLAIM",
          "RIFFHOOK_TIME_SCALE",
          "AWS_REGION",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY");

  private final LocalMachine machine;
  private final Optional<Simulator> simulator;
  private final List<String> aboutProviders;
  private final Runnable leave;
  private final Optional<OwnKey> key;

  private Backend(
      LocalMachine machine,
      Optional<Simulator> simulator,
      List<String> aboutProviders,
      Runnable leave,
      Optional<OwnKey> key) {
    this.machine = machine;
    this.simulator = simulator;
    this.aboutProviders = aboutProviders;
    this.leave = leave;
    this.key = key;
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
      Map<String, String> resources = machine.resources();
      List<String> about = providers.about(machine.isReachable());
      return new Backend(
          machine,
          Optional.ofNullable(simulator),
          about,
          told(machine, data, context),
          context.variable(REQUIRE_KEYS).filter("true"::equals).map(_ -> new OwnKey(resources)));
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

  /** Tells other commands where the folder's data are served; answers how to take that back. */
  private static Runnable told(LocalMachine machine, Optional<Path> data, CliContext context)
      throws IOException {
    if (data.isEmpty()) {
      return () -> {};
    }
    Path folder = data.get();
    Running here =
        Running.here(machine.apiUrl(), machine.resources(), awsEndpoint(context).isEmpty());
    here.writeTo(folder);
    return () -> {
      try {
        here.removeFrom(folder);
      } catch (IOException e) {
        LOG.warn("{} still names this process, which ends", folder, e);
      }
    };
  }

  /** The settings of the functions: what the user has set of those that may be set. */
  static Map<String, String> environment(CliContext context, LocalProviders providers) {
    Map<String, String> environment = new HashMap<>(providers.environment());
    SETTINGS.forEach(
        name -> context.variable(name).ifPresent(value -> environment.put(name, value)));
    return environment;
  }

  private static String why(Exception failure, int port, CliContext context) {
    @Nullable Throwable next = failure;
    while (next != null) {
      if (next instanceof BindException) {
        return "port %d is taken. Choose another one with --port.".formatted(port);
      }
      if (next instanceof DataFolder.UnusableException unusable) {
        return unusable.getMessage() + ". Choose another folder with --data.";
      }
      next = next.getCause();
    }
    String words = root(failure);
    return awsEndpoint(context)
        .map(endpoint -> "the AWS at " + endpoint + " (AWS_ENDPOINT_URL): " + words)
        .orElse(words);
  }

  /** What a failure says that came of another one, and that of another. */
  static String root(Throwable failure) {
    Throwable cause = failure;
    @Nullable Throwable next = cause;
    while (next != null) {
      cause = next;
      next = next.getCause();
    }
    if (cause instanceof IOException file) {
      return FileFailures.sentence(file);
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /**
   * Waits until the API says that its parts answer.
   *
   * @throws CliException if they do not
   */
  void awaitHealthy() throws InterruptedException {
    Health.await(machine.apiUrl(), HEALTH_PATIENCE);
  }

  LocalMachine machine() {
    return machine;
  }

  /** Whether calls need a key. */
  boolean requiresKeys() {
    return key.isPresent();
  }

  /** The key that this process has of its own where keys are required; it ends with it. */
  Optional<Credential> key() {
    return key.map(OwnKey::credential);
  }

  /** Its API, as the owner local. */
  Api api() {
    return new Api(machine.apiUrl(), key());
  }

  /** Lets what runs end, then stops. */
  @Override
  public void close() {
    key.ifPresent(OwnKey::close);
    machine.close();
    simulator.ifPresent(Simulator::close);
    leave.run(); // last: whoever comes meanwhile is told that somebody has the data open
  }

  /** What a person should know of the providers, most important first. */
  List<String> aboutProviders() {
    return aboutProviders;
  }
}
