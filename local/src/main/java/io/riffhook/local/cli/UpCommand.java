package io.riffhook.local.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code riffhook up}: serves until it is interrupted. */
@Command(
    name = "up",
    description = {
      "Serve the API on this machine until Ctrl-C.",
      "",
      "The simulator makes the songs, unless the token of a provider is set (USEAPI_TOKEN,"
          + " MUSICAPI_TOKEN, RIFFGATEWAY_TOKEN, MUSICAPI_PRODUCER_TOKEN, FLOWMUSIC_TOKEN,"
          + " MUREKA_TOKEN, STANDARD_TOKEN). Where AWS_ENDPOINT_URL is set, that AWS takes the"
          + " place of the embedded services."
    },
    footer = {
      "",
      "Examples:",
      "  ./riffhook up",
      "  ./riffhook up --port 9000 --in-memory",
      "  ./riffhook up --events | jq .detail",
      "  AWS_ENDPOINT_URL=http://127.0.0.1:4566 ./riffhook up"
    })
final class UpCommand implements Callable<Integer> {
  static final Path DATA = Path.of("riffhook-data");
  static final int PORT = 8080;
  private static final String KEY_HEADER = "-H \"Authorization: Bearer $RIFFHOOK_API_KEY\"";

  private final CliContext context;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "The API's port on 127.0.0.1, 0 for any (default: ${DEFAULT-VALUE}).")
  int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "riffhook-data",
      description = "Where jobs and songs are kept between runs (default: ./${DEFAULT-VALUE}).")
  Path data = DATA;

  @Option(names = "--in-memory", description = "Keep nothing between runs.")
  boolean inMemory;

  @Option(
      names = "--events",
      description = {
        "Print what is put on the event bus, one JSON document per line, to standard output;"
            + " all else goes to standard error then."
      })
  boolean events;

  @Mixin SimulatorOptions simulator = new SimulatorOptions();

  UpCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    ProgressDisplay progress = new ProgressDisplay(spec.commandLine().getErr(), context);
    progress.show("Starting…");
    Optional<Path> folder = inMemory ? Optional.empty() : Optional.of(data);
    Backend backend = Backend.start(context, port, folder, simulator.settings());
    Runnable stop =
        () -> {
          progress.say("Stopping…");
          backend.close();
        };
    try {
      backend.awaitHealthy();
    } catch (CliException e) {
      backend.close();
      throw e;
    }
    progress.clear();
    if (events) {
      backend.machine().onEvent(printer(spec.commandLine().getOut()));
    }
    try (Interruption _ = Interruption.then(stop)) {
      print(backend);
      new CountDownLatch(1).await(); // only an interruption ends it
      return ExitCode.OK;
    } catch (InterruptedException e) {
      backend.close();
      throw e;
    }
  }

  /** Prints each event on a line of its own, as soon as it is there. */
  static Consumer<String> printer(PrintWriter out) {
    return event -> {
      out.println(event);
      out.flush();
    };
  }

  private void print(Backend backend) {
    PrintWriter out = events ? spec.commandLine().getErr() : spec.commandLine().getOut();
    URI url = backend.machine().apiUrl();
    out.println("Riffhook serves at " + url);
    out.println();
    List<String> providers = backend.aboutProviders();
    out.println("  Providers " + providers.getFirst());
    providers.stream().skip(1).forEach(line -> out.println("            " + line));
    out.println("  Data      " + (inMemory ? "in memory, gone at the end" : data));
    endpoints(backend.machine().awsEnvironment())
        .forEach((name, endpoint) -> out.printf("  %-9s %s%n", name, endpoint));
    out.println();
    String curl = "  curl " + (backend.requiresKeys() ? KEY_HEADER + " " : "") + url;
    if (backend.requiresKeys()) {
      out.println("Calls need a key (RIFFHOOK_REQUIRE_KEYS):");
      out.println("  export RIFFHOOK_API_KEY=" + key(backend));
      out.println();
    }
    out.println("Submit a job, list jobs, list providers:");
    out.println(curl + "/v1/jobs -d '{\"prompt\": \"rainy lo-fi about paper boats\"}'");
    out.println(curl + "/v1/jobs");
    out.println(curl + "/v1/providers");
    out.println();
    out.println("Ctrl-C stops it.");
    out.flush();
  }

  /** What makes a key, or one that ends with this process where no other could make one. */
  private String key(Backend backend) {
    return inMemory
        ? backend.key().map(Credential::reveal).orElseThrow()
        : "$(./riffhook keys create --owner NAME%s)"
            .formatted(data.equals(DATA) ? "" : " --data " + data);
  }

  /** Where the AWS services are, by name; none of the other variables, which are credentials. */
  private static Map<String, String> endpoints(Map<String, String> environment) {
    Map<String, String> named = new TreeMap<>();
    environment.forEach(
        (variable, value) -> {
          if (variable.startsWith("AWS_ENDPOINT_URL")) {
            String service = variable.substring("AWS_ENDPOINT_URL".length()).replace("_", "");
            named.put(
                switch (service) {
                  case "" -> "AWS";
                  case "DYNAMODB" -> "DynamoDB";
                  case "EVENTBRIDGE" -> "Events";
                  default -> service;
                },
                value);
          }
        });
    return named;
  }
}
