package io.riffhook.processes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.BatchId;
import io.riffhook.domain.BatchLine;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Status;
import io.riffhook.local.LocalAws;
import io.riffhook.local.LocalOptions;
import io.riffhook.simulator.Simulator;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * {@code riffhook up} is killed with its embedded services and all functions, again and again, and
 * started anew on the same data. Half of the kills come within 50 ms of a 202, the others at any
 * moment of the work. Every job must end, with its bytes, its purchase and its webhook.
 */
final class MachineKillRun {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SOON_MILLIS = 50;
  private static final Duration LOOK = Duration.ofMillis(500);

  /** Longer than a call to the provider may take until its answer is written down. */
  private static final Duration CALL = Duration.ofSeconds(12);

  /** The lines of the batch that is submitted once in a run. */
  private static final int LINES = 3;

  private final Options options;
  private final Random random;
  private final Map<JobId, Instant> accepted = new LinkedHashMap<>();
  private final List<Instant> kills = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private int soon;

  /**
   * How to run.
   *
   * @param jobs how many jobs are submitted, with the lines of one batch
   * @param perKill how many of them between two kills, on the average
   * @param timeScale {@code RIFFHOOK_TIME_SCALE}
   * @param patience how long the jobs may take after the last kill
   */
  record Options(
      int jobs,
      int perKill,
      long seed,
      double timeScale,
      Duration patience,
      Path root,
      Path folder) {}

  /**
   * What came of it.
   *
   * @param soon how many of the kills came within 50 ms of a 202
   * @param lost how many jobs did not end
   */
  record Result(
      Options options,
      Map<Status, Integer> statuses,
      int kills,
      int soon,
      int lost,
      int bought,
      int webhooks,
      List<String> explained,
      List<String> violations,
      Duration took) {

    /** The report. */
    String report() throws IOException {
      Lines text = new Lines();
      text.add("up killed and started again, seed %d, %s", options.seed(), Instant.now());
      text.add("machine: %s", Machine.describe());
      text.add("time scale %s, %s in all", options.timeScale(), Percentiles.seconds(took));
      text.add("kills: %d, %d of them within %d ms of a 202", kills, soon, SOON_MILLIS);
      text.add("jobs: %s", statuses);
      text.add("songs bought: %d", bought);
      text.add("ids of jobs and songs in job.ready: %d", webhooks);
      text.add("lost: %d", lost);
      text.add("");
      text.list("explained", explained);
      text.list("VIOLATIONS", violations);
      return text.toString();
    }
  }

  MachineKillRun(Options options) {
    this.options = options;
    this.random = new Random(options.seed());
  }

  Result run() throws Exception {
    Instant start = Instant.now();
    SimulatorSettings settings =
        SimulatorSettings.defaults()
            .generation(g -> g.withDuration(Duration.ofMillis(500)).withAudioSeconds(4));
    try (Simulator simulator = Simulator.start(settings, 0);
        Purchases purchases = new Purchases(simulator);
        ReadyWebhooks webhooks = ReadyWebhooks.start()) {
      purchases.start();
      Map<String, String> environment =
          Map.of(
              "USEAPI_BASE_URL", simulator.baseUrl(),
              "USEAPI_TOKEN", simulator.token(),
              "RIFFHOOK_PROVIDERS", "useapi",
              "RIFFHOOK_TIME_SCALE", Double.toString(options.timeScale()));
      int port = freePort();
      while (accepted.size() < options.jobs()) {
        UpProcess up = start(environment, port);
        work(up, webhooks.url());
        up.kill();
      }
      UpProcess up = start(environment, port);
      await(up, webhooks);
      up.stop();
      return judge(purchases, webhooks, Duration.between(start, Instant.now()));
    }
  }

  private UpProcess start(Map<String, String> environment, int port) throws IOException {
    return UpProcess.start(
        options.root(),
        options.folder().resolve("data"),
        port,
        environment,
        options.folder().resolve("up.log"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Submits some jobs; when it returns, the process is to be killed. */
  private void work(UpProcess up, URI webhook) throws IOException, InterruptedException {
    boolean batch = kills.size() == 1;
    int count =
        Math.min(1 + random.nextInt(2 * options.perKill() - 1), options.jobs() - accepted.size());
    if (batch) {
      submitBatch(up, webhook);
    }
    for (int i = 0; i < count && accepted.size() < options.jobs(); i++) {
      submit(up, webhook);
    }
    boolean soonAfter = kills.size() % 2 == 0;
    Thread.sleep(random.nextInt(soonAfter ? SOON_MILLIS : 4_000));
    kills.add(Instant.now());
    if (soonAfter) {
      soon++;
    }
  }

  private void submit(UpProcess up, URI webhook) throws IOException, InterruptedException {
    ObjectNode body =
        JSON.createObjectNode().put("prompt", "a calm piano").put("webhookUrl", webhook.toString());
    body.putArray("formats").add("mp3");
    JsonNode job = post(up, "/v1/jobs", body.toString());
    accepted.put(new JobId(job.path("id").asText()), Instant.now());
  }

  private void submitBatch(UpProcess up, URI webhook) throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode jobs = body.putArray("jobs");
    for (int line = 0; line < LINES; line++) {
      jobs.addObject()
          .put("prompt", "a slow waltz")
          .put("webhookUrl", webhook.toString())
          .putArray("formats")
          .add("mp3");
    }
    String batch = post(up, "/v1/batches", body.toString()).path("id").asText();
    for (int line = 1; line <= LINES; line++) {
      accepted.put(new BatchLine(new BatchId(batch), line).job(), Instant.now());
    }
  }

  private JsonNode post(UpProcess up, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(up.api().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 202) {
      throw new IOException(path + " answered " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /** Waits until every job has ended and its webhook came, or the patience is over. */
  private void await(UpProcess up, ReadyWebhooks webhooks)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plus(options.patience());
    Caller caller = new Caller(up.api());
    List<JobId> open = new ArrayList<>(accepted.keySet());
    while (!open.isEmpty() && Instant.now().isBefore(end)) {
      for (JobId job : List.copyOf(open)) {
        Optional<Status> status = caller.status(job).map(Status::valueOf);
        boolean ready = status.filter(Status.READY::equals).isPresent();
        if (status.filter(Status::isTerminal).isPresent()
            && (!ready || webhooks.jobs().contains(job.value()))) {
          open.remove(job);
        }
      }
      Thread.sleep(LOOK);
    }
  }

  private Result judge(Purchases purchases, ReadyWebhooks webhooks, Duration took)
      throws Exception {
    purchases.close();
    List<String> explained = new ArrayList<>();
    List<String> violations = new ArrayList<>(purchases.unclaimed(List.copyOf(accepted.keySet())));
    Map<Status, Integer> statuses = new EnumMap<>(Status.class);
    int lost = 0;
    int bought = 0;
    try (LocalAws aws =
            LocalAws.start(
                LocalOptions.inMemory(options.root().resolve("template.yaml"))
                    .withData(options.folder().resolve("data")));
        Storage storage = new Storage(aws.environment())) {
      for (JobId id : accepted.keySet()) {
        Optional<Job> found = storage.job(id);
        found.ifPresent(job -> statuses.merge(job.status(), 1, Integer::sum));
        bought += purchases.of(id).size();
        if (found.isEmpty() || !found.get().status().isTerminal()) {
          lost++;
          violations.add(id + " is lost: " + found.map(Job::status));
          continue;
        }
        Job job = found.get();
        if (job.status() == Status.READY) {
          violations.addAll(storage.missing(job));
          if (!webhooks.jobs().contains(id.value())) {
            violations.add(id + " is READY, and its webhook did not come");
          }
        } else {
          (job.unknowns() > 0 && cut(id, purchases) ? explained : violations)
              .add(
                  "%s is %s: %s"
                      .formatted(id, job.status(), job.reason().map(Reason::toString).orElse("")));
        }
        if (purchases.of(id).size() > 1) {
          (purchases.of(id).size() == 2 && cut(id, purchases) ? explained : violations)
              .add(
                  "%s was bought %d times; kills at %s"
                      .formatted(id, purchases.of(id).size(), kills));
        }
      }
    }
    return new Result(
        options,
        statuses,
        kills.size(),
        soon,
        lost,
        bought,
        webhooks.jobs().size(),
        explained,
        violations,
        took);
  }

  /** Whether the process was killed between a call to the provider and the write of its answer. */
  private boolean cut(JobId job, Purchases purchases) {
    return purchases.of(job).stream()
        .map(Purchases.Purchase::at)
        .anyMatch(
            at ->
                kills.stream()
                    .anyMatch(
                        kill -> kill.isAfter(at.minus(LOOK)) && kill.isBefore(at.plus(CALL))));
  }
}
