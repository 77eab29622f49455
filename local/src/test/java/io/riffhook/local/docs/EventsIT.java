package io.riffhook.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbBatchStore;
import io.riffhook.aws.DynamoDbDeliveryStore;
import io.riffhook.aws.DynamoDbEndpointStore;
import io.riffhook.aws.DynamoDbJobStore;
import io.riffhook.aws.DynamoDbKeyStore;
import io.riffhook.aws.DynamoDbUploadStore;
import io.riffhook.aws.Messages;
import io.riffhook.aws.S3Clients;
import io.riffhook.domain.ApiKey;
import io.riffhook.domain.ApiKeyHash;
import io.riffhook.domain.ApiKeySecret;
import io.riffhook.domain.Batch;
import io.riffhook.domain.BatchChange;
import io.riffhook.domain.BatchEntry;
import io.riffhook.domain.BatchId;
import io.riffhook.domain.BatchLine;
import io.riffhook.domain.BatchStore;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Delivery;
import io.riffhook.domain.DeliveryStore;
import io.riffhook.domain.Endpoint;
import io.riffhook.domain.EndpointId;
import io.riffhook.domain.EndpointStore;
import io.riffhook.domain.EventType;
import io.riffhook.domain.Format;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobChange;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobRequest;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.KeyStore;
import io.riffhook.domain.Notification;
import io.riffhook.domain.Operation.Kind;
import io.riffhook.domain.Operation.Prompt;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Reasons;
import io.riffhook.domain.Status;
import io.riffhook.domain.Upload;
import io.riffhook.domain.UploadId;
import io.riffhook.domain.UploadStore;
import io.riffhook.domain.WebhookSecret;
import io.riffhook.lambda.BatchJson;
import io.riffhook.local.aws.AwsServices;
import io.riffhook.local.aws.EmbeddedAws;
import io.riffhook.local.template.Function;
import io.riffhook.local.template.Template;
import io.riffhook.simulator.Simulator;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Runs every file of events/ through its handler, in the order of a job's life, on the embedded
 * services that template.yaml describes. Nobody else takes messages from the queues here, so each
 * event does its own step and no other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsIT {
  private static final JobId SAMPLE = new JobId("sample-job");
  private static final JobId WAITING = new JobId("sample-waiting-job");
  private static final JobId FAILED = new JobId("sample-failed-job");
  private static final EndpointId ENDPOINT = new EndpointId("ep_sample");
  private static final BatchId BATCH = new BatchId("sample-batch");
  private static final Owner OWNER = new Owner("sample-owner");

  private final Template template = Repository.template();
  private final Simulator simulator;
  private final AwsServices aws;
  private final Map<String, Map<String, String>> environments;
  private final Map<String, RequestStreamHandler> handlers = new HashMap<>();
  private final JobStore jobs;
  private final UploadStore uploads;
  private final KeyStore keys;
  private final BatchStore batches;
  private final EndpointStore endpoints;
  private final DeliveryStore deliveries;
  private final S3Client s3;
  private final String bucket;
  private final HttpServer files;

  EventsIT() throws Exception {
    simulator = Simulator.start(silent(), 0);
    aws = AwsServices.start(new EmbeddedAws(Optional.empty()), template, Optional.empty());
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "RIFFHOOK_ONE_MACHINE",
                "true",
                "RIFFHOOK_PUBLIC_URL",
                "http://127.0.0.1:8080",
                "RIFFHOOK_CALLBACK_SECRETS",
                EventFilesTest.SAMPLE_SECRET,
                "RIFFHOOK_PROVIDERS",
                "useapi",
                "USEAPI_BASE_URL",
                simulator.baseUrl(),
                "USEAPI_TOKEN",
                simulator.token()));
    settings.putAll(aws.environment());
    environments = template.environments(aws.resolver(), settings);
    Map<String, String> submit = environment("SubmitFunction");
    jobs = new DynamoDbJobStore(new AwsClients(submit).dynamoDb(), value(submit, "RIFFHOOK_TABLE"));
    uploads =
        new DynamoDbUploadStore(new AwsClients(submit).dynamoDb(), value(submit, "RIFFHOOK_TABLE"));
    keys = new DynamoDbKeyStore(new AwsClients(submit).dynamoDb(), value(submit, "RIFFHOOK_TABLE"));
    Map<String, String> api = environment("ApiFunction");
    endpoints =
        new DynamoDbEndpointStore(new AwsClients(api).dynamoDb(), value(api, "RIFFHOOK_TABLE"));
    deliveries =
        new DynamoDbDeliveryStore(new AwsClients(api).dynamoDb(), value(api, "RIFFHOOK_TABLE"));
    Map<String, String> batch = environment("BatchFunction");
    batches =
        new DynamoDbBatchStore(new AwsClients(batch).dynamoDb(), value(batch, "RIFFHOOK_TABLE"));
    s3 = new S3Clients(batch).client();
    bucket = value(batch, "RIFFHOOK_BUCKET");
    files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    files.createContext(
        "/hum.mp3",
        exchange -> {
          byte[] hum = "ID3 a tune to hum".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, hum.length);
          exchange.getResponseBody().write(hum);
          exchange.close();
        });
    files.start();
  }

  /** Songs that are finished as soon as they are asked for, and nobody told. */
  private static SimulatorSettings silent() {
    return SimulatorSettings.defaults()
        .generation(g -> g.withAudioSeconds(4))
        .callbacks(c -> c.withNever(true).withBeforeAnswer(true));
  }

  @AfterAll
  void close() {
    s3.close();
    files.stop(0);
    aws.close();
    simulator.close();
  }

  private Map<String, String> environment(String function) {
    return Optional.ofNullable(environments.get(function)).orElseThrow();
  }

  private static String value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).orElseThrow();
  }

  /** The handler whose function's name begins as the file's does. */
  private RequestStreamHandler handler(String file) {
    String word = file.replaceFirst("-.*", "");
    Function function =
        template.functions().stream()
            .filter(each -> each.name().equalsIgnoreCase(word + "Function"))
            .findFirst()
            .orElseThrow(() -> new AssertionError(file + " is for no function of template.yaml"));
    return handlers.computeIfAbsent(
        function.name(),
        name -> {
          try {
            return Handlers.of(function, environment(name));
          } catch (ReflectiveOperationException e) {
            throw new LinkageError(name + " does not start", e);
          }
        });
  }

  private JsonNode run(String file) throws Exception {
    return Handlers.run(handler(file), Repository.json(Repository.EVENTS.resolve(file)));
  }

  /** What must come of an event. */
  private interface Step {
    void check(JsonNode answer) throws Exception;
  }

  private Map<String, Step> steps() {
    Map<String, Step> steps = new LinkedHashMap<>();
    steps.put(
        "authorizer-key.json",
        answer ->
            assertThat(answer)
                .isEqualTo(
                    Repository.JSON.readTree(
                        "{\"isAuthorized\": true, \"context\": {\"owner\": \"sample-owner\","
                            + " \"keyId\": \"7a400afdd6e6e2ca\"}}")));
    steps.put(
        "submit-queue-job.json",
        answer -> {
          allDone(answer);
          assertThat(job(SAMPLE).status()).isEqualTo(Status.SUBMITTED);
          assertThat(job(SAMPLE).owner()).isEqualTo(OWNER);
        });
    steps.put(
        "submit-http.json",
        answer -> {
          JsonNode job = body(answer, 202);
          assertThat(job.path("reference").asText()).isEqualTo("order-1234");
          assertThat(answer.at("/headers/location").asText())
              .isEqualTo("/v1/jobs/" + job.path("id").asText());
        });
    steps.put(
        "submit-queue-waiting.json",
        answer -> {
          allDone(answer);
          assertThat(job(WAITING).status()).isEqualTo(Status.SUBMITTED);
          assertThat(job(WAITING).owner()).isEqualTo(OWNER);
        });
    steps.put(
        "submit-retry-http.json",
        answer -> {
          JsonNode job = body(answer, 202);
          assertThat(job.path("status").asText()).isEqualTo("QUEUED");
          assertThat(job.path("attempt").asInt()).isEqualTo(2);
        });
    steps.put("download-prepare-queue.json", EventsIT::allDone);
    steps.put(
        "submit-upload-http.json",
        answer -> {
          JsonNode upload = body(answer, 202);
          assertThat(upload.path("status").asText()).isEqualTo("pending");
          assertThat(Messages.download(received("DownloadQueue").body()).subject())
              .isEqualTo(upload.path("id").asText());
        });
    steps.put("download-upload-queue.json", EventsIT::allDone);
    steps.put(
        "api-get-upload.json",
        answer -> {
          JsonNode upload = body(answer, 200);
          assertThat(upload.path("status").asText()).isEqualTo("stored");
          assertThat(upload.path("contentType").asText()).isEqualTo("audio/mpeg");
        });
    steps.put(
        "submit-queue.json",
        answer -> {
          allDone(answer);
          assertThat(job(FAILED).status()).isEqualTo(Status.SUBMITTED);
          assertThat(job(FAILED).calls()).isEqualTo(1);
        });
    steps.put(
        "callback-http.json",
        answer -> {
          assertThat(answer.path("statusCode").asInt()).isEqualTo(204);
          assertThat(job(SAMPLE).status()).isEqualTo(Status.GENERATING);
          assertThat(job(SAMPLE).progress()).hasValue(40);
        });
    steps.put(
        "notify-announce-queue.json",
        answer -> {
          allDone(answer);
          assertThat(job(SAMPLE).untold()).isEmpty();
          assertThat(event()).contains("\"type\":\"job.submitted\"", "\"owner\":\"sample-owner\"");
        });
    steps.put(
        "notify-progress-queue.json",
        answer -> {
          allDone(answer);
          assertThat(event()).contains("\"type\":\"job.progress\"", "\"progress\":40");
        });
    steps.put(
        "notify-tell-queue.json",
        answer -> {
          allDone(answer);
          assertThat(event()).contains("\"type\":\"batch.ended\"", "\"id\":\"sample-batch\"");
        });
    steps.put("notify-deliver-queue.json", EventsIT::allDone);
    steps.put(
        "callback-final-http.json",
        answer -> {
          assertThat(answer.path("statusCode").asInt()).isEqualTo(204);
          assertThat(Messages.download(received("DownloadQueue").body()).subject())
              .isEqualTo(SAMPLE.value());
        });
    steps.put(
        "download-collect-queue.json",
        answer -> {
          allDone(answer);
          assertThat(job(SAMPLE).status()).isEqualTo(Status.STORING);
          assertThat(job(SAMPLE).songNumbers()).hasSize(1);
        });
    steps.put("download-asset-queue.json", EventsIT::allDone);
    steps.put("download-stems-queue.json", EventsIT::allDone);
    steps.put(
        "check-queue.json",
        answer -> {
          allDone(answer);
          assertThat(job(SAMPLE).checks()).isEqualTo(2);
        });
    steps.put(
        "submit-queue-order.json",
        answer -> {
          allDone(answer);
          BatchLine first = new BatchLine(BATCH, 1);
          assertThat(job(first.job()).request().batch()).contains(first);
        });
    steps.put(
        "batch-check-queue.json",
        answer -> {
          allDone(answer);
          assertThat(batch(BATCH).checks()).isEqualTo(2);
        });
    steps.put(
        "batch-queue.json",
        answer -> {
          allDone(answer);
          assertThat(batch(BATCH).ended()).containsExactly(1);
          assertThat(batch(BATCH).started()).as("the next is handed out").isEqualTo(2);
        });
    steps.put(
        "batch-get-http.json",
        answer -> assertThat(body(answer, 200).path("running").asInt()).isEqualTo(1));
    steps.put(
        "batch-cancel-http.json",
        answer -> assertThat(body(answer, 200).path("cancelled").asBoolean()).isTrue());
    steps.put(
        "batch-report-http.json",
        answer -> assertThat(answer.path("statusCode").asInt()).isEqualTo(302));
    steps.put(
        "batch-create-http.json",
        answer ->
            assertThat(answer.at("/headers/location").asText())
                .isEqualTo("/v1/batches/" + body(answer, 202).path("id").asText()));
    steps.put("batch-inbox-queue.json", EventsIT::allDone);
    steps.put(
        "batch-list-http.json",
        answer ->
            assertThat(body(answer, 200).path("batches").findValuesAsText("file"))
                .as("what was dropped")
                .containsExactly("week 47"));
    steps.put(
        "api-list-jobs.json",
        answer ->
            assertThat(body(answer, 200).path("jobs").findValuesAsText("jobId"))
                .contains(SAMPLE.value()));
    steps.put(
        "api-get-job.json",
        answer -> assertThat(body(answer, 200).path("status").asText()).isEqualTo("STORING"));
    steps.put(
        "api-list-songs.json", answer -> assertThat(body(answer, 200).path("songs")).hasSize(1));
    steps.put(
        "api-get-song.json",
        answer ->
            assertThat(assets(body(answer, 200)))
                .containsEntry("song.m4a", "stored")
                .containsEntry("song.mp3", "pending")
                .containsEntry("stems/drums.wav", "pending")
                .doesNotContainKey("stems"));
    steps.put(
        "api-get-asset.json",
        answer -> {
          assertThat(answer.path("statusCode").asInt()).isEqualTo(302);
          URI link = URI.create(answer.at("/headers/location").asText());
          try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(
                    http.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofByteArray())
                        .body())
                .containsSequence("ftyp".getBytes(StandardCharsets.US_ASCII));
          }
        });
    steps.put(
        "api-create-endpoint.json",
        answer -> assertThat(body(answer, 201).path("secret").asText()).startsWith("whsec_"));
    steps.put(
        "api-list-endpoints.json",
        answer ->
            assertThat(body(answer, 200).path("endpoints").findValuesAsText("url"))
                .containsExactlyInAnyOrder(
                    "https://shop.example/hooks", "https://shop.example/hooks/songs"));
    steps.put(
        "api-change-endpoint.json",
        answer -> assertThat(body(answer, 200).path("links").asBoolean()).isTrue());
    steps.put(
        "api-get-endpoint.json",
        answer -> assertThat(body(answer, 200).path("links").asBoolean()).isTrue());
    steps.put(
        "api-rotate-endpoint-secret.json", answer -> assertThat(endpoint().secrets()).hasSize(2));
    steps.put(
        "api-get-endpoint-secret.json",
        answer ->
            assertThat(body(answer, 200).path("secret").asText())
                .isEqualTo(endpoint().secrets().getFirst().value()));
    steps.put(
        "api-redeliver.json",
        answer -> assertThat(body(answer, 202).path("state").asText()).isEqualTo("pending"));
    steps.put(
        "api-redeliver-missed.json",
        answer -> assertThat(body(answer, 202).path("redelivered").asInt()).isEqualTo(1));
    steps.put(
        "api-test-endpoint.json",
        answer -> assertThat(body(answer, 202).path("webhookId").asText()).startsWith("evt_test_"));
    steps.put(
        "api-list-deliveries.json",
        answer -> assertThat(body(answer, 200).path("deliveries")).hasSize(2));
    steps.put(
        "api-delete-endpoint.json",
        answer -> {
          assertThat(answer.path("statusCode").asInt()).isEqualTo(204);
          assertThat(endpoints.find(OWNER, ENDPOINT)).isEmpty();
        });
    steps.put(
        "api-list-providers.json",
        answer ->
            assertThat(body(answer, 200).at("/providers/0/name").asText()).isEqualTo("useapi"));
    steps.put(
        "api-health.json",
        answer -> assertThat(body(answer, 200).path("status").asText()).isEqualTo("up"));
    steps.put(
        "api-cancel-job.json",
        answer -> {
          assertThat(body(answer, 200).path("status").asText()).isEqualTo("CANCELLED");
          assertThat(job(SAMPLE).status()).isEqualTo(Status.CANCELLED);
        });
    return steps;
  }

  @TestFactory
  Stream<DynamicTest> shouldDoItsStep() {
    sampleKey();
    failedJob();
    pendingUpload();
    runningBatch();
    endedBatch();
    drop();
    failingEndpoint();
    return steps().entrySet().stream()
        .map(
            step ->
                DynamicTest.dynamicTest(
                    step.getKey(), () -> step.getValue().check(run(step.getKey()))));
  }

  @Test
  void shouldHaveAStepForEveryFile() throws Exception {
    try (Stream<Path> files = Files.list(Repository.EVENTS)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(steps().keySet());
    }
  }

  /** The key that all samples of calls come with. */
  private void sampleKey() {
    ApiKeyHash hash = ApiKeySecret.parse(EventFilesTest.SAMPLE_KEY).orElseThrow().hash();
    keys.insert(
        new ApiKey(
            hash,
            OWNER,
            Optional.empty(),
            Instant.now(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  /** The job that submit-retry-http.json runs again: written down, and failed. */
  private void failedJob() {
    Instant now = Instant.now();
    Capabilities useapi =
        new Capabilities(
            "useapi",
            Map.of(Kind.PROMPT, Capabilities.Can.of()),
            Set.of(Format.MP3),
            List.of(),
            true,
            Duration.ofSeconds(8),
            Set.of());
    JobRequest request =
        new JobRequest(
            new Prompt("rain", false),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    jobs.insert(Job.submitting(FAILED, OWNER, request, useapi, true, now, Duration.ofHours(24)));
    jobs.apply(
        FAILED,
        new JobChange.Ended(Status.FAILED, Reasons.generationFailed("useapi", "a sample")),
        now);
  }

  /** The upload that download-upload-queue.json fetches: written down, and not yet there. */
  private void pendingUpload() {
    Instant now = Instant.now();
    URI url = URI.create("http://127.0.0.1:" + files.getAddress().getPort() + "/hum.mp3");
    uploads.insert(
        new Upload(new UploadId("sample-upload"), OWNER, url, new Upload.Pending(), now, now));
  }

  /** The batch that most samples are about: two lines, of which the first is handed out. */
  private void runningBatch() {
    Batch fresh = sampleBatch(BATCH, 2);
    batches.insert(fresh);
    batches.apply(BATCH, new BatchChange.HandedOut(0, 1), Instant.now());
    put(
        fresh.inputKey(),
        new BatchJson()
            .input(
                List.of(
                    new BatchEntry.Order("{\"prompt\":\"paper boats\",\"formats\":[\"mp3\"]}"),
                    new BatchEntry.Order("{\"prompt\":\"rain\"}"))));
  }

  /** The batch that batch-report-http.json asks of. */
  private void endedBatch() {
    BatchId id = new BatchId("sample-ended-batch");
    Instant now = Instant.now();
    batches.insert(sampleBatch(id, 1));
    batches.apply(id, new BatchChange.Finished(now, Map.of("READY", 1)), now);
  }

  private static Batch sampleBatch(BatchId id, int total) {
    return Batch.of(id, OWNER, Optional.empty(), "0", total, 1, Set.of(), Instant.now());
  }

  /** What batch-inbox-queue.json tells of, to the byte: its content is named in it. */
  private void drop() {
    put(
        "inbox/sample-owner/week 47.jsonl",
        "{\"prompt\":\"rain\"}\n{\"prompt\":\"\"}\n".getBytes(StandardCharsets.UTF_8));
  }

  /** The endpoint that the samples are about, which missed one thing. */
  private void failingEndpoint() {
    Instant at = Instant.parse("2026-11-21T02:25:14Z");
    endpoints.insert(
        new Endpoint(
            ENDPOINT,
            OWNER,
            Optional.of(URI.create("https://shop.example/hooks")),
            Optional.empty(),
            Set.of(EventType.ENDPOINT_DISABLED), // what other samples do is nothing to it
            false,
            List.of(WebhookSecret.generate(new SecureRandom())),
            at,
            Optional.empty(),
            Optional.empty()));
    Notification missed =
        new Notification(
            "evt_sample-job_1",
            EventType.JOB_SUBMITTED,
            at,
            1_000,
            OWNER,
            new Notification.Subject.OfJob(SAMPLE, OptionalInt.empty()));
    deliveries.insert(Delivery.missed(missed, ENDPOINT, at));
  }

  private Endpoint endpoint() {
    return endpoints.find(OWNER, ENDPOINT).orElseThrow();
  }

  private void put(String key, byte[] bytes) {
    s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
  }

  private Batch batch(BatchId id) {
    return batches.find(id).orElseThrow();
  }

  private Job job(JobId id) {
    return jobs.find(id).orElseThrow();
  }

  private Message received(String queue) {
    return aws.sqs()
        .receiveMessage(receive -> receive.queueUrl(aws.queue(queue).url()).waitTimeSeconds(5))
        .messages()
        .getFirst();
  }

  private String event() {
    return received("EventQueue").body();
  }

  private static void allDone(JsonNode answer) {
    assertThat(answer.path("batchItemFailures").isArray()).isTrue();
    assertThat(answer.path("batchItemFailures")).isEmpty();
  }

  private static JsonNode body(JsonNode answer, int status) throws Exception {
    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(status);
    return Repository.JSON.readTree(answer.path("body").asText());
  }

  private static Map<String, String> assets(JsonNode song) {
    Map<String, String> assets = new HashMap<>();
    song.path("assets")
        .forEach(asset -> assets.put(asset.path("name").asText(), asset.path("status").asText()));
    return assets;
  }
}
