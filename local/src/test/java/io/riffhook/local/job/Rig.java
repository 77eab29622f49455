package io.riffhook.local.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.aws.AwsClients;
import io.riffhook.local.LocalMachine;
import io.riffhook.local.LocalOptions;
import io.riffhook.local.secrets.SecretServer;
import io.riffhook.simulator.Simulator;
import io.riffhook.simulator.http.RecordedRequest;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The whole system with the simulator as its provider, and a caller's view of it. */
final class Rig implements AutoCloseable {
  static final String SECRET = "a-callback-secret-of-the-tests";
  static final String TIME_SCALE = "RIFFHOOK_TIME_SCALE";
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Set<String> WAITING_FOR_PROVIDER = Set.of("SUBMITTED", "GENERATING");

  private final Simulator simulator;
  private final LocalMachine machine;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Semaphore invocations = new Semaphore(0);
  private final BlockingQueue<String> finished = new LinkedBlockingQueue<>();

  private Rig(Simulator simulator, LocalMachine machine) {
    this.simulator = simulator;
    this.machine = machine;
    machine.onInvocation(
        function -> {
          finished.add(function);
          invocations.release();
        });
  }

  static Rig start() throws Exception {
    Simulator simulator = Simulator.start(quick(), 0);
    return start(
        simulator,
        Map.of(
            "RIFFHOOK_PROVIDERS",
            "useapi",
            "USEAPI_BASE_URL",
            simulator.baseUrl(),
            "USEAPI_TOKEN",
            simulator.token()));
  }

  /**
   * With every provider that there is an adapter for, all of them the simulator. As in a
   * deployment, the functions read secrets and parameters from AWS.
   */
  static Rig startWithAllProviders(SecretServer secrets) throws Exception {
    Simulator simulator = Simulator.start(quick(), 0);
    Map<String, String> environment = new HashMap<>(AllProviders.at(simulator, secrets));
    environment.putAll(AllProviders.ofCallbacks(SECRET, secrets));
    Rig rig = start(simulator, environment);
    secrets.put(AllProviders.PUBLIC_URL, rig.machine().apiUrl().toString());
    return rig;
  }

  /** With providers of the test's own choice. */
  static Rig start(Simulator simulator, Map<String, String> providers) throws Exception {
    Map<String, String> environment = new HashMap<>(providers);
    environment.put("RIFFHOOK_ONE_MACHINE", "true");
    // What a job waits for is in the tests; how long is not.
    environment.putIfAbsent(TIME_SCALE, "0.2");
    environment.putIfAbsent("RIFFHOOK_CALLBACK_SECRETS", SECRET);
    LocalOptions options =
        LocalOptions.inMemory(Path.of("..", "template.yaml")).withEnvironment(environment);
    // The same tests run against any other AWS: LocalStack in its profile, or what is named.
    Optional<String> elsewhere =
        Optional.ofNullable(System.getProperty("riffhook.aws.endpoint"))
            .or(() -> Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")));
    LocalMachine machine =
        LocalMachine.start(
            elsewhere.map(url -> options.withAwsEndpoint(URI.create(url))).orElse(options));
    return new Rig(simulator, machine);
  }

  /** A simulator that takes no longer than it must. */
  static SimulatorSettings quick() {
    return SimulatorSettings.defaults()
        .generation(g -> g.withDuration(Duration.ofMillis(100)).withAudioSeconds(6));
  }

  Simulator simulator() {
    return simulator;
  }

  LocalMachine machine() {
    return machine;
  }

  void simulate(SimulatorSettings settings) {
    simulator.settings(settings);
  }

  /** What was asked of the provider about this job's songs, by path. */
  List<RecordedRequest> asked(String method, String pathEnd) {
    return simulator.requests().stream()
        .filter(r -> r.method().equals(method) && r.path().replaceAll("/$", "").endsWith(pathEnd))
        .toList();
  }

  HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(machine.apiUrl().resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(machine.apiUrl().resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The bytes behind a link that the API gives. */
  byte[] bytes(String path) throws Exception {
    HttpResponse<String> link = get(path);
    if (link.statusCode() != 302) {
      throw new IOException(path + " answered " + link.statusCode() + " " + link.body());
    }
    URI location = URI.create(link.headers().firstValue("location").orElseThrow());
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(location).build(), HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("the link answered " + answer.statusCode());
    }
    return answer.body();
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  /** Submits a job and gives its id. */
  String submit(String body) throws Exception {
    HttpResponse<String> answer = post("/v1/jobs", body);
    if (answer.statusCode() != 202) {
      throw new IOException("submit answered " + answer.statusCode() + " " + answer.body());
    }
    return json(answer).path("id").asText();
  }

  JsonNode job(String id) throws Exception {
    return json(get("/v1/jobs/" + id));
  }

  /** The job when it is as wanted; looked at after each invocation of a function. */
  JsonNode await(String id, Predicate<JsonNode> wanted) throws Exception {
    return await(id, wanted, PATIENCE);
  }

  JsonNode await(String id, Predicate<JsonNode> wanted, Duration patience) throws Exception {
    return awaitAt("/v1/jobs/" + id, wanted, patience);
  }

  /** What is at a path when it is as wanted; looked at after each invocation of a function. */
  JsonNode awaitAt(String path, Predicate<JsonNode> wanted) throws Exception {
    return awaitAt(path, wanted, PATIENCE);
  }

  JsonNode awaitAt(String path, Predicate<JsonNode> wanted, Duration patience) throws Exception {
    List<JsonNode> seen = new CopyOnWriteArrayList<>(List.of(JSON.createObjectNode()));
    awaitThat(
        () -> {
          seen.add(json(get(path)));
          return wanted.test(seen.getLast());
        },
        () -> "it is still " + seen.getLast().toPrettyString(),
        patience);
    return seen.getLast();
  }

  /** Waits until something is so; looked at after each invocation of a function. */
  void awaitThat(Callable<Boolean> wanted) throws Exception {
    awaitThat(wanted, () -> "it has not come about", PATIENCE);
  }

  private void awaitThat(Callable<Boolean> wanted, Supplier<String> failure, Duration patience)
      throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      // Before the look: what ends between the look and the wait must end the wait.
      invocations.drainPermits();
      if (wanted.call()) {
        return;
      }
      long left = end - System.nanoTime();
      if (left <= 0 || !invocations.tryAcquire(left, TimeUnit.NANOSECONDS)) {
        throw new AssertionError(failure.get());
      }
    }
  }

  /** Until something holds; looked at after each invocation of a function. */
  void await(Callable<Boolean> wanted) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    invocations.drainPermits();
    while (!wanted.call()) {
      long left = end - System.nanoTime();
      if (left <= 0 || !invocations.tryAcquire(left, TimeUnit.NANOSECONDS)) {
        throw new AssertionError("it does not come to what is awaited");
      }
    }
  }

  JsonNode awaitStatus(String id, String status) throws Exception {
    return await(id, job -> job.path("status").asText().equals(status));
  }

  /** Sends a message to a queue, by the setting that holds its URL. */
  void send(String queue, String body) {
    String url = machine.environment("CheckFunction").get(queue);
    try (SqsClient sqs = new AwsClients(machine.environment("CheckFunction")).sqs()) {
      sqs.sendMessage(message -> message.queueUrl(url).messageBody(body));
    }
  }

  /** Sends a message to a queue that no function is told of, by its name on one machine. */
  void sendTo(String queueName, String body) {
    try (SqsClient sqs = new AwsClients(machine.awsEnvironment()).sqs()) {
      String url = sqs.getQueueUrl(get -> get.queueName(queueName)).queueUrl();
      sqs.sendMessage(message -> message.queueUrl(url).messageBody(body));
    }
  }

  /** Puts an event on the bus, by the call that EventBridge's clients make. */
  HttpResponse<String> putEvent(String detailType, String detail) throws Exception {
    String url = machine.awsEnvironment().get("AWS_ENDPOINT_URL_EVENTBRIDGE");
    ObjectNode body = JSON.createObjectNode();
    body.putArray("Entries")
        .addObject()
        .put("EventBusName", "riffhook-local")
        .put("Source", "shop")
        .put("DetailType", detailType)
        .put("Detail", detail);
    return http.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "AWSEvents.PutEvents")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The first event on the bus that is as wanted, of those that are put on it from now on. */
  CompletableFuture<JsonNode> nextEvent(Predicate<JsonNode> wanted) {
    CompletableFuture<JsonNode> next = new CompletableFuture<>();
    machine.onEvent(
        text -> {
          try {
            JsonNode event = JSON.readTree(text);
            if (wanted.test(event)) {
              next.complete(event);
            }
          } catch (IOException e) {
            next.completeExceptionally(e);
          }
        });
    return next;
  }

  /** Has the job checked, as its check message would in time, until it has a status. */
  JsonNode checkUntil(String id, String status) throws Exception {
    int number = 1;
    while (true) {
      finished.clear();
      send(
          "RIFFHOOK_CHECK_QUEUE",
          "{\"type\":\"check\",\"jobId\":\"%s\",\"number\":%d}".formatted(id, number++));
      awaitInvocation("CheckFunction");
      JsonNode job = job(id);
      if (!WAITING_FOR_PROVIDER.contains(job.path("status").asText())) {
        return awaitStatus(id, status);
      }
    }
  }

  private void awaitInvocation(String function) throws Exception {
    String last = "";
    while (!last.equals(function)) {
      String next = finished.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError(function + " was not invoked");
      }
      last = next;
    }
  }

  @Override
  public void close() {
    machine.close();
    simulator.close();
  }
}
