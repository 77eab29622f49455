package io.riffhook.bench.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbJobStore;
import io.riffhook.aws.DynamoDbKeyStore;
import io.riffhook.aws.EnvironmentSettings;
import io.riffhook.bench.Bench;
import io.riffhook.bench.Cores;
import io.riffhook.domain.ApiKeys;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobChange;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobRequest;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Provider;
import io.riffhook.local.aws.AwsServices;
import io.riffhook.local.aws.EmbeddedAws;
import io.riffhook.local.template.Function;
import io.riffhook.local.template.Template;
import io.riffhook.processes.FunctionCode;
import io.riffhook.providers.ConfiguredProviders;
import io.riffhook.simulator.Simulator;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * What functions need around them: the embedded services with all that the template declares, a
 * simulated provider, and jobs to work on.
 */
public final class Lab implements AutoCloseable {
  private static final String SECRET = "a-callback-secret-of-the-benchmarks";
  private static final String PROVIDER = "useapi";
  private static final int BATCH = 25;
  private static final Owner OWNER = new Owner("local");
  private static final JsonMapper JSON = new JsonMapper();

  private final Path root;
  private final Path work;
  private final Template template;
  private final Simulator simulator;
  private final AwsServices aws;
  private final Map<String, Map<String, String>> environments;
  private final DynamoDbClient dynamoDb;
  private final JobStore jobs;
  private final String key;

  /** Starts everything, off the core of what is measured. */
  public Lab(Bench bench) throws Exception {
    Cores.leaveToTheMeasured();
    root = bench.root();
    work = bench.work();
    template = Template.read(root.resolve("template.yaml"), Map.of());
    simulator =
        Simulator.start(
            SimulatorSettings.defaults().generation(g -> g.withDuration(Duration.ofHours(1))), 0);
    aws = AwsServices.start(new EmbeddedAws(Optional.empty()), template, Optional.empty());
    Map<String, String> settings = new HashMap<>(aws.environment());
    settings.putAll(
        Map.of(
            "RIFFHOOK_ONE_MACHINE",
            "true",
            // Nobody can call back: what each function does, the benchmark starts.
            "RIFFHOOK_PUBLIC_URL",
            "",
            "RIFFHOOK_PROVIDERS",
            "useapi",
            "USEAPI_BASE_URL",
            simulator.baseUrl(),
            "USEAPI_TOKEN",
            simulator.token(),
            "RIFFHOOK_CALLBACK_SECRETS",
            SECRET));
    environments = template.environments(aws.resolver(), settings);
    dynamoDb = new AwsClients(environment("CallbackFunction")).dynamoDb();
    String table = variable("CallbackFunction", "RIFFHOOK_TABLE");
    jobs = new DynamoDbJobStore(dynamoDb, table);
    key =
        new ApiKeys(
                new DynamoDbKeyStore(dynamoDb, table), new SecureRandom(), InstantSource.system())
            .create(OWNER, Optional.empty(), Optional.empty())
            .secret()
            .reveal();
  }

  /** The environment of a function, by its name in the template. */
  public Map<String, String> environment(String function) {
    return Optional.ofNullable(environments.get(function)).orElseThrow();
  }

  private String variable(String function, String name) {
    return Optional.ofNullable(environment(function).get(name)).orElseThrow();
  }

  /** A function of the template. */
  public Function function(String name) {
    return template.functions().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The names of all functions. */
  public List<String> functions() {
    return template.functions().stream().map(Function::name).toList();
  }

  /** A function's code, unpacked as Lambda does it. */
  public FunctionCode code(String function) throws IOException {
    Path folder = work.resolve(function);
    return Files.exists(folder)
        ? new FunctionCode(function(function), folder, Optional.empty())
        : FunctionCode.unpack(function(function), root, folder);
  }

  /** The bytes of a function's zip. */
  public long zipBytes(String function) throws IOException {
    return Files.size(root.resolve(function(function).codeUri().orElseThrow()));
  }

  /** A job that its provider has taken, and that waits for its callback. */
  public JobId submittedJob() {
    Provider provider =
        ConfiguredProviders.find(PROVIDER, new EnvironmentSettings(environment("SubmitFunction")))
            .orElseThrow();
    JobId id = new JobId(UUID.randomUUID().toString());
    Instant now = Instant.now();
    Job job =
        Job.submitting(
            id,
            OWNER,
            new JobRequest(
                new Operation.Prompt("jazzy k-pop song about a distant lover", false),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.of("order-1234"),
                Optional.empty(),
                Optional.empty()),
            provider.capabilities(),
            true,
            now,
            Duration.ofHours(1));
    if (!jobs.insert(job)
        || jobs.apply(
                id, new JobChange.Accepted(List.of(providerJob(id)), Optional.empty(), now), now)
            .isEmpty()) {
      throw new IllegalStateException("the job was not written");
    }
    return id;
  }

  /**
   * As many jobs that wait for their callback, written as one is: what a job's item holds is copied
   * from {@link #submittedJob}, but for its id.
   */
  public List<JobId> submittedJobs(int number) {
    JobId first = submittedJob();
    String table = variable("CallbackFunction", "RIFFHOOK_TABLE");
    Map<String, AttributeValue> item =
        dynamoDb
            .getItem(
                get ->
                    get.tableName(table)
                        .key(
                            Map.of(
                                "PK",
                                AttributeValue.fromS("JOB#" + first.value()),
                                "SK",
                                AttributeValue.fromS("JOB"))))
            .item();
    List<JobId> ids = new ArrayList<>();
    while (ids.size() < number) {
      List<WriteRequest> batch = new ArrayList<>();
      for (int i = 0; i < Math.min(BATCH, number - ids.size()); i++) {
        JobId id = new JobId(UUID.randomUUID().toString());
        Map<String, AttributeValue> copy = new HashMap<>(item);
        copy.put("PK", AttributeValue.fromS("JOB#" + id.value()));
        batch.add(WriteRequest.builder().putRequest(put -> put.item(copy)).build());
        ids.add(id);
      }
      dynamoDb.batchWriteItem(write -> write.requestItems(Map.of(table, batch)));
    }
    return ids;
  }

  /** The provider's id for a job of ours. */
  public static String providerJob(JobId job) {
    return "3f7b1c52-" + job.value().substring(9);
  }

  /** The job as it is stored. */
  public Job job(JobId id) {
    return jobs.find(id).orElseThrow();
  }

  /** The final callback of a job, as API Gateway hands it over. */
  public byte[] finalCallback(JobId id) throws IOException {
    String token = new CallbackTokens(List.of(SECRET)).token(PROVIDER, id, 1);
    ObjectNode event = event("callback-final-http.json");
    ((ObjectNode) event.path("pathParameters")).put("jobId", id.value()).put("token", token);
    String path = "/callbacks/%s/%s/%s".formatted(PROVIDER, id.value(), token);
    event.put("rawPath", path);
    ((ObjectNode) event.path("requestContext").path("http")).put("path", path);
    ObjectNode body = (ObjectNode) JSON.readTree(event.path("body").asText());
    body.put("job_id", providerJob(id)).put("id", providerJob(id)).put("replyRef", id.value());
    event.put("body", body.toString());
    return bytes(event);
  }

  /** A submission over HTTP. */
  public byte[] submission() throws IOException {
    return bytes(event("submit-http.json"));
  }

  /** A caller reads a job. */
  public byte[] read(JobId id) throws IOException {
    ObjectNode event = event("api-get-job.json");
    ((ObjectNode) event.path("pathParameters")).put("id", id.value());
    return bytes(event);
  }

  /** The gateway asks whose key a call comes with. */
  public byte[] authorization() throws IOException {
    ObjectNode event = event("authorizer-key.json");
    event.putArray("identitySource").add("Bearer " + key);
    return bytes(event);
  }

  /** A caller lists batches. */
  public byte[] batches() throws IOException {
    return bytes(event("batch-list-http.json"));
  }

  /**
   * A message of a queue.
   *
   * @param sample the file of a sample event whose body is about a job
   */
  public byte[] message(String sample, JobId id) throws IOException {
    ObjectNode event = event(sample);
    ObjectNode message = (ObjectNode) event.path("Records").path(0);
    message.put("body", message.path("body").asText().replace("sample-job", id.value()));
    return bytes(event);
  }

  private ObjectNode event(String file) throws IOException {
    ObjectNode event =
        (ObjectNode) JSON.readTree(Files.readString(root.resolve("events").resolve(file)));
    if (event.path("requestContext").path("authorizer").path("lambda")
        instanceof ObjectNode caller) {
      caller.put("owner", OWNER.name());
    }
    return event;
  }

  private static byte[] bytes(JsonNode event) {
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Empties the queues that nobody takes from here. */
  public void emptyQueues() {
    for (String queue : List.of("DownloadQueue", "NotificationQueue", "CheckQueue")) {
      String url = aws.queue(queue).url();
      aws.sqs().purgeQueue(purge -> purge.queueUrl(url));
    }
  }

  /** Where functions write their logs. */
  public Path log(String name) {
    return work.resolve(name + ".log");
  }

  @Override
  public void close() {
    dynamoDb.close();
    aws.close();
    simulator.close();
    try {
      Cores.takeAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
