package io.riffhook.bench.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffhook.local.LocalMachine;
import io.riffhook.local.LocalOptions;
import io.riffhook.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A Riffhook on this machine that has many jobs. */
final class Storehouse implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String INDEX = "GSI1";
  private static final String TABLE = "riffhook-table";

  /** What a page of jobs holds; the store asks for one more, to know whether there is another. */
  private static final int PAGE = 20;

  private static final int MOST_TRIES = 60;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Random random = new Random(11);
  private final LocalMachine machine;
  private final DynamoDbClient raw;
  private final List<String> ids;

  private Storehouse(LocalMachine machine, List<String> ids) {
    this.machine = machine;
    this.ids = ids;
    Map<String, String> environment = machine.awsEnvironment();
    raw =
        DynamoDbClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .endpointOverride(URI.create(value(environment, "AWS_ENDPOINT_URL_DYNAMODB")))
            .region(Region.of(value(environment, "AWS_REGION")))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        value(environment, "AWS_ACCESS_KEY_ID"),
                        value(environment, "AWS_SECRET_ACCESS_KEY"))))
            .build();
  }

  /**
   * Fills one and opens it.
   *
   * @param quickly makes its songs at once
   * @param slowly makes them so late that none is made while something is measured
   */
  static Storehouse with(int jobs, Path root, Path data, Simulator quickly, Simulator slowly)
      throws Exception {
    try (LocalMachine machine = LocalMachine.start(options(root, data, quickly));
        HttpClient http = HttpClient.newHttpClient()) {
      makeOne(machine.apiUrl(), http);
    }
    List<String> ids = new StoredJobs(data).write(jobs);
    Storehouse house = new Storehouse(LocalMachine.start(options(root, data, slowly)), ids);
    house.awaitAnswers();
    return house;
  }

  /**
   * Calls until calls are answered: now and then DynamoDB Local fails on a file of some gigabytes.
   * Each call has the SDK's retries, and their pauses, in it.
   */
  void awaitAnswers() throws IOException, InterruptedException {
    URI jobs = machine.apiUrl().resolve("/v1/jobs?limit=" + PAGE);
    for (int tries = 1; ; tries++) {
      HttpResponse<String> answer =
          http.send(HttpRequest.newBuilder(jobs).build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        return;
      }
      if (tries == MOST_TRIES) {
        throw new IllegalStateException(
            "answered " + answer.statusCode() + ": " + answer.body() + " " + tries + " times");
      }
    }
  }

  private static LocalOptions options(Path root, Path data, Simulator simulator) {
    return LocalOptions.inMemory(root.resolve("template.yaml"))
        .withData(data)
        .withEnvironment(
            Map.of(
                "USEAPI_BASE_URL", simulator.baseUrl(),
                "USEAPI_TOKEN", simulator.token(),
                "RIFFHOOK_PROVIDERS", "useapi"));
  }

  private static void makeOne(URI api, HttpClient http) throws IOException, InterruptedException {
    JsonNode job = JSON.readTree(send(http, submission(api), 202));
    URI url = api.resolve("/v1/jobs/" + job.path("id").asText());
    for (int tries = 0; !job.path("status").asText().equals("READY"); tries++) {
      if (tries > PAGE) {
        throw new IllegalStateException("the first job is " + job.path("status").asText());
      }
      job =
          JSON.readTree(
              send(http, HttpRequest.newBuilder(url).header("Prefer", "wait=20").build(), 200));
    }
  }

  private static HttpRequest submission(URI api) {
    return HttpRequest.newBuilder(api.resolve("/v1/jobs"))
        .header("Content-Type", "application/json")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                """
                {"prompt": "a slow waltz for two pianos and a rainy window", "formats": ["mp3"]}\
                """))
        .build();
  }

  /** DynamoDB Local had something else to do, and failed a call for it, after the SDK's retries. */
  static final class BusyException extends IOException {
    private static final long serialVersionUID = 1L;

    private BusyException() {
      super("a call was answered 500");
    }
  }

  /** A page of the jobs of the owner who has half of all. */
  void list() throws IOException, InterruptedException {
    String page =
        send(
            http,
            HttpRequest.newBuilder(machine.apiUrl().resolve("/v1/jobs?limit=" + PAGE)).build(),
            200);
    if (JSON.readTree(page).path("jobs").size() != PAGE) {
      throw new IllegalStateException("the page is not full");
    }
  }

  /** One job of any age. */
  void get() throws IOException, InterruptedException {
    send(http, HttpRequest.newBuilder(machine.apiUrl().resolve("/v1/jobs/" + any())).build(), 200);
  }

  /** A new one. */
  void submit() throws IOException, InterruptedException {
    send(http, submission(machine.apiUrl()), 202);
  }

  /** What the store does for {@link #get}, by the SDK alone. */
  void rawGet() {
    if (!raw.getItem(
            get ->
                get.tableName(TABLE)
                    .key(
                        Map.of(
                            "PK", AttributeValue.fromS("JOB#" + any()),
                            "SK", AttributeValue.fromS("JOB")))
                    .consistentRead(true))
        .hasItem()) {
      throw new IllegalStateException("a job is not there");
    }
  }

  /** What the store does first for {@link #list}, by the SDK alone. */
  void rawQuery() {
    int found =
        raw.query(
                query ->
                    query
                        .tableName(TABLE)
                        .indexName(INDEX)
                        .keyConditionExpression("GSI1PK = :owner")
                        .expressionAttributeValues(
                            Map.of(":owner", AttributeValue.fromS("OWNER#local#JOB")))
                        .scanIndexForward(false)
                        .limit(PAGE + 1))
            .count();
    if (found != PAGE + 1) {
      throw new IllegalStateException("the query found " + found);
    }
  }

  /** A write of an item with a place in the index, by the SDK alone. */
  void rawPut() {
    String id = "raw-" + random.nextLong();
    raw.putItem(
        put ->
            put.tableName(TABLE)
                .item(
                    Map.of(
                        "PK", AttributeValue.fromS("RAW#" + id),
                        "SK", AttributeValue.fromS("RAW"),
                        "GSI1PK", AttributeValue.fromS("OWNER#raw#JOB"),
                        "GSI1SK", AttributeValue.fromS(id))));
  }

  private String any() {
    return ids.get(random.nextInt(ids.size()));
  }

  private static String value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).orElseThrow();
  }

  private static String send(HttpClient http, HttpRequest request, int wanted)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() == 500) {
      throw new BusyException();
    }
    if (answer.statusCode() != wanted) {
      throw new IllegalStateException("answered " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() {
    raw.close();
    http.close();
    machine.close();
  }
}
