package io.riffhook.bench.inside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.aws.DynamoDbJobStore;
import io.riffhook.aws.SqsQueues;
import io.riffhook.domain.Callback;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.Inbound;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Provider;
import io.riffhook.domain.ReceiveCallback;
import io.riffhook.domain.TellingJobs;
import io.riffhook.lambda.HttpFunction;
import io.riffhook.lambda.HttpRequest;
import io.riffhook.lambda.HttpResponse;
import io.riffhook.lambda.NobodysContext;
import io.riffhook.lambda.Problem;
import io.riffhook.lambda.Rehearsal;
import io.riffhook.providers.ConfiguredProviders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What JMH runs: work of ours, and beside each the least that anybody has to do for it. AWS is a
 * {@link CannedAws} to both.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class InsideCode {
  private static final String PROVIDER = "useapi";
  private static final String TABLE = "riffhook";
  private static final String QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/download";
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final byte[] DONE = "{\"statusCode\":204}".getBytes(StandardCharsets.UTF_8);

  private final ObjectMapper json = new ObjectMapper();
  private final CallbackTokens tokens = new CallbackTokens(List.of(SECRET));
  private final SecretKeySpec key =
      new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  private final Provider provider =
      ConfiguredProviders.find(
              PROVIDER,
              name ->
                  Optional.ofNullable(
                      ConfiguredProviders.allAt("https://provider.example").get(name)))
          .orElseThrow();
  private final Job job = Rehearsal.job(provider.capabilities());
  private final String token = tokens.token(PROVIDER, job.id(), 1);
  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;
  private final DynamoDbJobStore store;
  private final ReceiveCallback receive;
  private final byte[] event;

  /** Made by JMH, once for each process. */
  public InsideCode() {
    AtomicReference<JsonNode> item = new AtomicReference<>(json.createObjectNode());
    AwsCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
    dynamoDb =
        DynamoDbClient.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .httpClient(new CannedAws(request -> table(request, item)))
            .build();
    sqs =
        SqsClient.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .checksumValidationEnabled(false)
            .httpClient(new CannedAws(_ -> "{\"MessageId\":\"1\"}"))
            .build();
    store = new DynamoDbJobStore(dynamoDb, TABLE);
    store.insert(job);
    SqsQueues queues = new SqsQueues(sqs, name -> Optional.of(QUEUE));
    receive = new ReceiveCallback(new TellingJobs(store, queues), queues, InstantSource.system());
    event = finalCallback();
  }

  /** DynamoDB with one item: what was put last. */
  private String table(String request, AtomicReference<JsonNode> item) {
    if (request.contains("\"Item\"")) {
      item.set(tree(request).path("Item"));
      return "{}";
    }
    return "{\"Item\":%1$s,\"Attributes\":%1$s}".formatted(item.get());
  }

  private JsonNode tree(String text) {
    try {
      return json.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The gateway's event of a final callback, as {@code events/} has it, for the job. */
  private byte[] finalCallback() {
    Path file =
        Path.of(System.getProperty("riffhook.home", "."), "events", "callback-final-http.json");
    try {
      ObjectNode callback = (ObjectNode) json.readTree(file.toFile());
      ((ObjectNode) callback.path("pathParameters"))
          .put("provider", PROVIDER)
          .put("jobId", job.id().value())
          .put("token", token);
      return json.writeValueAsBytes(callback);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A callback, from the gateway's event to its answer. */
  @Benchmark
  public int callback() throws IOException {
    return answered(
        request ->
            read(request)
                .filter(read -> receive.receive(job.id(), read.attempt(), read.callback()))
                .isPresent());
  }

  /** The calls that a callback makes, and nothing else. */
  @Benchmark
  public Object callbackRaw() {
    dynamoDb.updateItem(
        update ->
            update
                .tableName(TABLE)
                .key(Map.of("PK", text("JOB#" + job.id().value()), "SK", text("JOB")))
                .updateExpression("SET #updated = :now, #status = :generating ADD #woken :one")
                .conditionExpression(
                    "#status IN (:submitted, :generating) AND NOT contains(#woken, :job)")
                .expressionAttributeNames(
                    Map.of("#updated", "updatedAt", "#status", "status", "#woken", "woken"))
                .expressionAttributeValues(
                    Map.of(
                        ":now",
                        text(Instant.now().toString()),
                        ":one",
                        AttributeValue.fromSs(List.of("rehearsal")),
                        ":submitted",
                        text("SUBMITTED"),
                        ":generating",
                        text("GENERATING"),
                        ":job",
                        text("rehearsal")))
                .returnValues(ReturnValue.ALL_NEW));
    return sqs.sendMessage(
        send ->
            send.queueUrl(QUEUE)
                .messageBody(
                    "{\"jobId\":\"%s\",\"providerJob\":\"rehearsal\"}".formatted(job.id())));
  }

  /** {@link #callback} as it comes in life: other programs had the processor in the meantime. */
  @Benchmark
  public int callbackAfterRest(Rest rest) throws IOException {
    return callback();
  }

  /** {@link #callbackRaw}, the same way. */
  @Benchmark
  public Object callbackRawAfterRest(Rest rest) {
    return callbackRaw();
  }

  /**
   * A pause before each call, which JMH does not count. Nothing is waited for: it is what is
   * measured.
   */
  @State(Scope.Thread)
  public static class Rest {
    private static final int CALLS = 3000;
    private static final long MILLIS = 10;

    /** Has compiled what a few seconds of calls with pauses would not. */
    @Setup(Level.Trial)
    public void warmUp(InsideCode code) throws IOException {
      for (int call = 0; call < CALLS; call++) {
        code.callback();
        code.callbackRaw();
      }
    }

    /** The pause. */
    @Setup(Level.Invocation)
    public void rest() throws InterruptedException {
      Thread.sleep(MILLIS);
    }
  }

  /** The same event read and judged: all of a callback before anything is written. */
  @Benchmark
  public int event() throws IOException {
    return answered(request -> read(request).isPresent());
  }

  /** Two documents read, one HMAC taken, an answer written. */
  @Benchmark
  public int eventRaw() throws IOException, GeneralSecurityException {
    JsonNode read = json.readTree(event);
    JsonNode body = json.readTree(read.path("body").asText());
    byte[] answer = body.has("status") && mac().length > 0 ? DONE.clone() : new byte[0];
    return answer.length;
  }

  /** The token of a callback's URL, checked. */
  @Benchmark
  public OptionalInt token() {
    return tokens.verify(PROVIDER, job.id().value(), token);
  }

  /** An HMAC of as much text, in base64. */
  @Benchmark
  public String tokenRaw() throws GeneralSecurityException {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac());
  }

  /** A job, read from the table. */
  @Benchmark
  public Optional<Job> job() {
    return store.find(job.id());
  }

  /** Its item. */
  @Benchmark
  public Object jobRaw() {
    return dynamoDb.getItem(
        get ->
            get.tableName(TABLE)
                .key(Map.of("PK", text("JOB#" + job.id().value()), "SK", text("JOB"))));
  }

  /** What a callback says, and of which attempt. */
  private record Read(int attempt, Callback callback) {}

  private Optional<Read> read(HttpRequest request) {
    OptionalInt attempt =
        tokens.verify(
            request.variable("provider"), request.variable("jobId"), request.variable("token"));
    if (attempt.isEmpty() || !JobId.isValid(request.variable("jobId"))) {
      return Optional.empty();
    }
    return Optional.of(
        new Read(
            attempt.getAsInt(),
            provider.parseCallback(new Inbound(request.headers(), request.body(), Instant.now()))));
  }

  private int answered(Predicate<HttpRequest> taken) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HttpFunction.run(
        new ByteArrayInputStream(event),
        out,
        new NobodysContext("1"),
        request -> taken.test(request) ? HttpResponse.empty(204) : Problem.notFound());
    if (!out.toString(StandardCharsets.UTF_8).contains("204")) {
      throw new IllegalStateException("the callback was not taken: " + out);
    }
    return out.size();
  }

  private byte[] mac() throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(key);
    return mac.doFinal((PROVIDER + "/" + job.id().value() + "/1").getBytes(StandardCharsets.UTF_8));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
