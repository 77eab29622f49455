package io.riffhook.bench.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffhook.local.LocalMachine;
import io.riffhook.local.LocalOptions;
import io.riffhook.local.host.FunctionRunner;
import io.riffhook.local.host.FunctionRuntime;
import io.riffhook.simulator.Simulator;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The whole system on this machine, with the simulator as provider: every request to AWS, every
 * invocation and every event is counted.
 */
final class CountedMachine implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Whoever was told something last has done all that it does after so long. */
  private static final Duration QUIET = Duration.ofSeconds(1);

  private final HttpClient http = HttpClient.newHttpClient();
  private final LogMeter logs = new LogMeter();
  private final Queue<Invocation> invocations = new ConcurrentLinkedQueue<>();
  private final AtomicInteger events = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();
  private final CountingAws aws;
  private final Simulator simulator;
  private final LocalMachine machine;
  private final String fields;

  /**
   * An invocation of a function.
   *
   * @param memory of the function, in MB
   * @param event how long its event was, in bytes
   */
  record Invocation(String function, int memory, Duration took, int event) {}

  /**
   * How jobs are to go.
   *
   * @param provider who makes it
   * @param fields more of the body of the request, each after a comma
   * @param generation how long a song is made
   * @param progress how many callbacks tell of its progress
   * @param timeScale which part of each wait is waited
   */
  record Scene(
      String provider, String fields, Duration generation, int progress, double timeScale) {}

  /**
   * What was counted.
   *
   * @param calls of callers to the API
   * @param logged bytes by function
   */
  record Count(
      int jobs,
      int songs,
      int calls,
      int events,
      List<WireRequest> requests,
      List<Invocation> invocations,
      Map<String, Long> logged) {}

  private CountedMachine(CountingAws aws, Simulator simulator, Path root, Scene scene)
      throws Exception {
    this.aws = aws;
    this.simulator = simulator;
    this.fields = scene.fields();
    Map<String, String> settings = new HashMap<>(aws.credentials());
    String name = scene.provider().toUpperCase(Locale.ROOT);
    settings.put(
        name + "_BASE_URL",
        simulator
            .baseUrl()
            .replace(
                "/v1/riffusion",
                scene.provider().equals("useapi") ? "/v1/riffusion" : "/v1/" + scene.provider()));
    settings.put(name + "_TOKEN", simulator.token());
    settings.put("RIFFHOOK_PROVIDERS", scene.provider());
    settings.put("RIFFHOOK_CALLBACK_SECRETS", "a-callback-secret-of-the-benchmark");
    settings.put("RIFFHOOK_TIME_SCALE", Double.toString(scene.timeScale()));
    // As the template limits a deployment's owners: the limits cost a write each.
    settings.put("RIFFHOOK_MAX_RUNNING_JOBS", "100");
    machine =
        LocalMachine.start(
            LocalOptions.inMemory(root.resolve("template.yaml"))
                .withAwsEndpoint(aws.endpoint(WireRequest.HOST))
                .withEnvironment(settings),
            counting());
    machine.onEvent(_ -> events.incrementAndGet());
  }

  static CountedMachine start(Path root, Scene scene) throws Exception {
    CountingAws aws = CountingAws.start();
    SimulatorSettings settings =
        SimulatorSettings.defaults()
            .generation(g -> g.withDuration(scene.generation()))
            .callbacks(c -> c.withProgressPosts(scene.progress()));
    Simulator simulator = Simulator.start(settings, 0);
    try {
      return new CountedMachine(aws, simulator, root, scene);
    } catch (Exception e) {
      simulator.close();
      aws.close();
      throw e;
    }
  }

  private FunctionRuntime counting() {
    return (function, environment) -> {
      Map<String, String> own = new HashMap<>(environment);
      own.put("AWS_ENDPOINT_URL", aws.endpoint(function.name()).toString());
      FunctionRunner runner = FunctionRuntime.inProcess().runner(function, own);
      return (event, context) -> {
        long begin = System.nanoTime();
        try {
          return runner.run(event, context);
        } finally {
          invocations.add(
              new Invocation(
                  function.name(),
                  function.memoryMegabytes(),
                  Duration.ofNanos(System.nanoTime() - begin),
                  event.length));
        }
      };
    };
  }

  /** Runs jobs one after the other, and counts from the first call until the last message. */
  Count run(int jobs) throws IOException, InterruptedException {
    awaitQuiet();
    aws.forget();
    invocations.clear();
    events.set(0);
    logs.forget();
    calls.set(0);
    int songs = 0;
    for (int job = 0; job < jobs; job++) {
      songs += run();
    }
    awaitQuiet();
    return new Count(
        jobs,
        songs,
        calls.get(),
        events.get(),
        aws.requests(),
        List.copyOf(invocations),
        logs.bytes());
  }

  private int run() throws IOException, InterruptedException {
    JsonNode job =
        send(
            HttpRequest.newBuilder(machine.apiUrl().resolve("/v1/jobs"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        """
                        {"prompt": "a slow waltz for two pianos and a rainy window"%s}\
                        """
                            .formatted(fields))),
            202);
    calls.incrementAndGet();
    URI url = machine.apiUrl().resolve("/v1/jobs/" + job.path("id").asText());
    Instant end = Instant.now().plus(PATIENCE);
    while (!job.path("status").asText().equals("READY")) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("a job is " + job.path("status").asText());
      }
      // What a caller asks is the caller's: a webhook would tell it, so it is not counted.
      job = send(HttpRequest.newBuilder(url).header("Prefer", "wait=20"), 200);
    }
    return job.path("songs").size();
  }

  private JsonNode send(HttpRequest.Builder request, int wanted)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != wanted) {
      throw new IllegalStateException("answered " + answer.statusCode() + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /** Waits until every message that was sent is done with, and nothing more is asked of AWS. */
  private void awaitQuiet() throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (underWay() > 0 || aws.isAskedWithin(QUIET)) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("it does not come to rest");
      }
    }
  }

  private int underWay() {
    int messages = 0;
    for (WireRequest each : aws.requests()) {
      if (each.operation().startsWith("SendMessage")) {
        messages += each.messages();
      } else if (each.operation().startsWith("DeleteMessage")) {
        messages -= each.messages();
      }
    }
    return messages;
  }

  @Override
  public void close() {
    List<AutoCloseable> all = new ArrayList<>(List.of(machine, simulator, aws));
    for (AutoCloseable each : all) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    logs.close();
    http.close();
  }
}
