package io.riffhook.bench.ready;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbJobStore;
import io.riffhook.aws.DynamoDbSongStore;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Song;
import io.riffhook.domain.SongId;
import io.riffhook.domain.Status;
import io.riffhook.local.LocalMachine;
import io.riffhook.local.LocalOptions;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The whole system on this machine, and a provider that calls back when it is told to. */
final class Songs implements AutoCloseable {
  private static final String SECRET = "a-callback-secret-of-the-benchmark";
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Duration LOOK = Duration.ofMillis(50);

  /** More connections at once than these the one machine's listener resets. */
  private static final int CALLBACKS = 100;

  private static final int CALLERS = 8;
  private static final JsonMapper JSON = new JsonMapper();

  private final Simulator simulator;
  private final LocalMachine machine;
  private final DynamoDbClient dynamoDb;
  private final DynamoDbJobStore jobs;
  private final DynamoDbSongStore songs;
  private final Semaphore invocations = new Semaphore(0);
  private final HttpClient http = HttpClient.newHttpClient();

  private Songs(Simulator simulator, LocalMachine machine) {
    this.simulator = simulator;
    this.machine = machine;
    Map<String, String> environment = environment();
    String table = environment.getOrDefault("RIFFHOOK_TABLE", "");
    dynamoDb = new AwsClients(environment).dynamoDb();
    jobs = new DynamoDbJobStore(dynamoDb, table);
    songs = new DynamoDbSongStore(dynamoDb, table);
    machine.onInvocation(_ -> invocations.release());
  }

  /**
   * Starts everything.
   *
   * @param data keeps the files: those of a thousand songs are too many for the memory
   */
  static Songs start(Path root, Path data) throws Exception {
    Simulator simulator =
        Simulator.start(
            SimulatorSettings.defaults()
                .generation(g -> g.withDuration(Duration.ZERO).withAudioSeconds(30))
                .callbacks(c -> c.withNever(true)),
            0);
    return new Songs(
        simulator,
        LocalMachine.start(
            LocalOptions.inMemory(root.resolve("template.yaml"))
                .withData(data)
                .withEnvironment(
                    Map.of(
                        "USEAPI_BASE_URL",
                        simulator.baseUrl(),
                        "USEAPI_TOKEN",
                        simulator.token(),
                        "RIFFHOOK_PROVIDERS",
                        "useapi",
                        "RIFFHOOK_CALLBACK_SECRETS",
                        SECRET))));
  }

  /** The environment of the function that stores assets. */
  Map<String, String> environment() {
    return machine.environment("DownloadFunction");
  }

  /**
   * A job that is READY.
   *
   * @param took from just before its callback was sent
   * @param files where at the provider its files were fetched from
   */
  record Ready(Duration took, List<URI> files) {}

  /** Submits jobs, has the provider call back for all of them at once, and waits for them. */
  List<Ready> run(int number) throws Exception {
    List<JobId> submitted = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
      List<Future<JobId>> calls = new ArrayList<>();
      for (int i = 0; i < number; i++) {
        calls.add(threads.submit(this::submit));
      }
      for (Future<JobId> each : calls) {
        submitted.add(each.get());
      }
    }
    List<Job> taken = await(submitted, job -> !job.providerJobs().isEmpty());
    List<Instant> calledBack = callBack(taken);
    List<Job> ready = await(submitted, job -> job.status().isTerminal());
    List<Ready> result = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      Job job = ready.get(i);
      if (job.status() != Status.READY) {
        throw new IOException("a job is " + job.status() + ", " + job.reason());
      }
      result.add(new Ready(Duration.between(calledBack.get(i), job.updatedAt()), files(job.id())));
    }
    return result;
  }

  private JobId submit() throws IOException, InterruptedException {
    HttpResponse<String> answer = post(machine.apiUrl().resolve("/v1/jobs"), "{\"prompt\": \"x\"}");
    if (answer.statusCode() != 202) {
      throw new IOException("submit answered " + answer.statusCode());
    }
    return new JobId(JSON.readTree(answer.body()).path("id").asText());
  }

  private List<Instant> callBack(List<Job> taken) throws Exception {
    CallbackTokens tokens = new CallbackTokens(List.of(SECRET));
    try (ExecutorService threads = Executors.newFixedThreadPool(CALLBACKS)) {
      List<Future<Instant>> calls = new ArrayList<>();
      for (Job job : taken) {
        calls.add(threads.submit(() -> callBack(job, tokens)));
      }
      List<Instant> sent = new ArrayList<>();
      for (Future<Instant> each : calls) {
        sent.add(each.get());
      }
      return sent;
    }
  }

  private Instant callBack(Job job, CallbackTokens tokens)
      throws IOException, InterruptedException {
    String id = job.providerJobs().getFirst();
    ObjectNode body =
        JSON.createObjectNode()
            .put("job_id", id)
            .put("replyRef", job.id().value())
            .put("id", id)
            .put("status", "completed")
            .put("progress", 100);
    String token = tokens.token(job.provider(), job.id(), job.attempt());
    URI url =
        machine.apiUrl().resolve("/callbacks/%s/%s/%s".formatted(job.provider(), job.id(), token));
    Instant before = Instant.now();
    int status = post(url, body.toString()).statusCode();
    if (status / 100 != 2) {
      throw new IOException("a callback was answered " + status);
    }
    return before;
  }

  private HttpResponse<String> post(URI url, String body) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Looks at one job at a time, and only when a function has run: it must not cost much. */
  private List<Job> await(List<JobId> ids, Predicate<Job> wanted)
      throws InterruptedException, IOException {
    Instant deadline = Instant.now().plus(PATIENCE);
    Deque<JobId> waiting = new ArrayDeque<>(ids);
    List<Job> found = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Optional<Job> job = jobs.find(waiting.element()).filter(wanted);
      if (job.isPresent()) {
        found.add(job.get());
        waiting.remove();
      } else if (Instant.now().isAfter(deadline)) {
        throw new IOException("job " + waiting.element() + " does not end");
      } else {
        invocations.drainPermits();
        var _ = invocations.tryAcquire(20, LOOK.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
    return found;
  }

  private List<URI> files(JobId job) {
    List<URI> files = new ArrayList<>();
    for (int number = 1; ; number++) {
      Optional<String> song = songs.find(new SongId(job, number)).map(Song::providerSong);
      if (song.isEmpty()) {
        return files;
      }
      simulator.requests().stream()
          .filter(each -> each.path().startsWith("/storage/") && each.path().contains(song.get()))
          .map(each -> URI.create(simulator.baseUrl()).resolve(each.path()))
          .distinct()
          .forEach(files::add);
    }
  }

  @Override
  public void close() {
    http.close();
    dynamoDb.close();
    machine.close();
    simulator.close();
  }
}
