package io.riffhook.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbJobStore;
import io.riffhook.aws.DynamoDbKeyStore;
import io.riffhook.aws.DynamoDbSongStore;
import io.riffhook.domain.ApiKeys;
import io.riffhook.domain.Asset;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Song;
import io.riffhook.domain.SongId;
import io.riffhook.domain.Status;
import io.riffhook.domain.StoredFile;
import io.riffhook.local.aws.AwsServices;
import io.riffhook.local.aws.EmbeddedAws;
import io.riffhook.local.template.Template;
import io.riffhook.simulator.Simulator;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Submit, callback, check and download as they are packaged, each under the real runtime client.
 */
class LambdaRuntimeIT {
  private static final String SECRET = "a-callback-secret-of-the-tests";
  private static final long GIBIBYTE = 1L << 30;

  /** Hooks of snapshots are run as on Lambda. */
  private static final String COMPAT = "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final JsonMapper JSON = new JsonMapper();

  private Path folder = Path.of("");
  private Simulator simulator;
  private Template template;
  private AwsServices aws;
  private Map<String, Map<String, String>> environments;

  @BeforeEach
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    simulator =
        Simulator.start(
            SimulatorSettings.defaults()
                .generation(g -> g.withDuration(Duration.ZERO).withAudioSeconds(6)),
            0);
    template = Template.read(Path.of("..", "..", "template.yaml"), Map.of());
    aws =
        AwsServices.start(
            new EmbeddedAws(Optional.of(folder.resolve("data"))), template, Optional.empty());
    Map<String, String> settings = new HashMap<>(aws.environment());
    settings.putAll(
        Map.of(
            "RIFFHOOK_ONE_MACHINE",
            "true",
            // Nobody can call back: what each function does, this test starts.
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
  }

  @AfterEach
  void stop() throws Exception {
    aws.close();
    simulator.close();
  }

  @Test
  void shouldTakeAJobFromSubmissionToAGibibyteInS3WithAHeapOf96Mebibytes() throws Exception {
    simulator.settings(simulator.settings().media(m -> m.withWavBytes(GIBIBYTE)));

    String id = submit("{\"prompt\": \"a very long song\", \"formats\": [\"wav\"]}");
    callBack(id);
    check(id);
    Message wav = downloadMessage("song.wav");
    JsonNode answer;
    try (LambdaProcess download = runtime("download", "-Xmx96m")) {
      answer = JSON.readTree(download.invoke(bytes(event(wav.body())), Duration.ofMinutes(5)));
    }

    assertThat(answer).isEqualTo(JSON.readTree("{\"batchItemFailures\":[]}"));
    StoredFile stored = song(id).asset("song.wav").flatMap(Asset::file).orElseThrow();
    assertThat(stored.bytes()).isEqualTo(GIBIBYTE);
    assertThat(stored.sha256()).isEqualTo(providersSha256(song(id).providerSong()));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldBringNativeTlsAndHashesForThisProcessor() throws Exception {
    try (LambdaProcess download = runtime("download", "--enable-native-access=ALL-UNNAMED")) {
      download.ready().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(download.log())
          .contains("TLS and SHA-256 are by AmazonCorrettoCryptoProvider")
          .doesNotContain("WARN");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldStartWithoutNativeTlsWhereItsLibraryIsOfAnotherProcessor() throws Exception {
    FunctionCode code = code("download");
    Path jars = code.folder().resolve("native");
    Path amd = only(jars, "-linux-x86_64.jar");
    Path arm = only(jars, "-linux-aarch_64.jar");
    Path aside = folder.resolve("aside.jar");
    Files.move(amd, aside);
    Files.move(arm, amd);
    Files.move(aside, arm);
    try (LambdaProcess download =
        LambdaProcess.start(code, environment(function("download")), log("download"), List.of())) {
      download.ready().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(download.log())
          .contains("downloads are slow: ", "has no library that can be loaded");
    }
  }

  private static Path only(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).findFirst().orElseThrow();
    }
  }

  @Test
  void shouldTellWhoseKeyItIsFromAZipThatHoldsNoMoreThanThatTakes() throws Exception {
    Map<String, String> environment = new HashMap<>(environment("AuthorizerFunction"));
    environment.put("RIFFHOOK_JWT_ISSUER", "http://127.0.0.1:1");
    environment.put("RIFFHOOK_JWT_AUDIENCE", "riffhook");
    ApiKeys.Created created;
    try (DynamoDbClient client = new AwsClients(environment).dynamoDb()) {
      created =
          new ApiKeys(
                  new DynamoDbKeyStore(client, variable(environment, "RIFFHOOK_TABLE")),
                  new SecureRandom(),
                  InstantSource.system())
              .create(new Owner("alice"), Optional.empty(), Optional.empty());
    }

    try (LambdaProcess authorizer = runtime("authorizer", environment)) {
      assertThat(JSON.readTree(authorizer.invoke(bytes(authorization(created)), PATIENCE)))
          .isEqualTo(
              JSON.readTree(
                  "{\"isAuthorized\": true, \"context\": {\"owner\": \"alice\", \"keyId\": \"%s\"}}"
                      .formatted(created.key().id())));
      assertThatThrownBy(() -> authorizer.invoke(bytes(authorization("Bearer eyJ.a.b")), PATIENCE))
          .as("the library for tokens is there, and the issuer is not")
          .hasMessageContaining("IssuerException");
      assertThat(authorizer.log()).doesNotContain(created.secret().reveal());
    }
    try (Stream<Path> jars = Files.walk(folder.resolve("authorizer"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString()).filter(jar -> jar.endsWith(".jar")))
          .anyMatch(jar -> jar.startsWith("nimbus-jose-jwt"))
          .noneMatch(jar -> jar.matches("(sqs|s3|secretsmanager|ssm)-.*"));
    }
  }

  @Test
  void shouldCountInLinesThatCloudWatchMakesMetricsOf() throws Exception {
    try (LambdaProcess submit = runtime("submit")) {
      submit.invoke(bytes(submission("{\"prompt\": \"one to count\"}")), PATIENCE);

      JsonNode line =
          JSON.readTree(
              submit
                  .log()
                  .lines()
                  .filter(each -> each.contains("CloudWatchMetrics"))
                  .findFirst()
                  .orElseThrow());
      assertThat(line.path("_aws").path("CloudWatchMetrics"))
          .isEqualTo(
              JSON.readTree(
                  """
                  [{"Namespace": "Riffhook", "Dimensions": [["Service"]],
                    "Metrics": [{"Name": "JobSubmitted", "Unit": "Count"}]}]\
                  """));
      assertThat(line.path("Service").asText()).isEqualTo("submit");
      assertThat(line.path("JobSubmitted").asInt()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "callback, software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse",
    "submit, io.riffhook.domain.JobChange$Accepted",
    "api, io.riffhook.lambda.JobJson",
    "authorizer, software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse"
  })
  void shouldHaveTakenTheWayOfAFirstCallToItsEndWhenItsSnapshotIsTaken(String name, String last)
      throws Exception {
    Path classes = folder.resolve(name + "-classes.log");

    try (LambdaProcess process =
        runtime(name, beforeSnapshot(name), COMPAT, "-Xlog:class+load:file=" + classes)) {
      process.ready().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(Files.readString(classes).contains("] " + last + " ")).as(last).isTrue();
      assertThat(process.log())
          .doesNotContain("was not done", "\"ERROR\"")
          .as("what nobody did is not counted")
          .doesNotContain("CloudWatchMetrics");
    }

    assertThat(simulator.requests()).as("nothing is bought").isEmpty();
    try (DynamoDbClient client = new AwsClients(environment("CallbackFunction")).dynamoDb()) {
      assertThat(
              new DynamoDbJobStore(
                      client, variable(environment("CallbackFunction"), "RIFFHOOK_TABLE"))
                  .find(new JobId("rehearsal-of-no-job")))
          .as("nothing is written")
          .isEmpty();
    }
    for (String queue : List.of("DownloadQueue", "CheckQueue", "NotificationQueue")) {
      String url = aws.queue(queue).url();
      assertThat(aws.sqs().receiveMessage(receive -> receive.queueUrl(url)).messages())
          .as("nothing is sent to " + queue)
          .isEmpty();
    }
  }

  @Test
  void shouldRehearseWithEachProvider() throws Exception {
    Map<String, String> environment = new HashMap<>(beforeSnapshot("submit"));
    environment.put(
        "RIFFHOOK_PROVIDERS", "useapi,musicapi,riffgateway,musicapi-producer,flowmusic,mureka");
    Path classes = folder.resolve("classes.log");

    try (LambdaProcess submit =
        runtime("submit", environment, COMPAT, "-Xlog:class+load:file=" + classes)) {
      submit.ready().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      String loaded = Files.readString(classes);
      assertThat(
              Stream.of("Useapi", "Musicapi", "Riffgateway", "Producer", "Flowmusic", "Mureka")
                  .filter(each -> !loaded.contains("." + each + "Answers ")))
          .as("adapters that read no answer")
          .isEmpty();
      assertThat(submit.log()).doesNotContain("was not done", "\"ERROR\"");
    }
  }

  private Map<String, String> beforeSnapshot(String name) {
    Map<String, String> environment = new HashMap<>(environment(function(name)));
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    return environment;
  }

  private static String authorization(ApiKeys.Created created) {
    return authorization("Bearer " + created.secret().reveal());
  }

  private static String authorization(String header) {
    ObjectNode event = JSON.createObjectNode().put("version", "2.0").put("type", "REQUEST");
    event.putArray("identitySource").add(header);
    return event.toString();
  }

  private String submit(String body) throws Exception {
    try (LambdaProcess submit = runtime("submit")) {
      JsonNode answer = JSON.readTree(submit.invoke(bytes(submission(body)), PATIENCE));
      assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(202);
      return JSON.readTree(answer.path("body").asText()).path("id").asText();
    }
  }

  private static String submission(String body) {
    return JSON.createObjectNode().put("routeKey", "POST /v1/jobs").put("body", body).toString();
  }

  private void callBack(String id) throws Exception {
    String token = new CallbackTokens(List.of(SECRET)).token("useapi", new JobId(id), 1);
    ObjectNode event =
        JSON.createObjectNode()
            .put("routeKey", "POST /callbacks/{provider}/{jobId}/{token}")
            .put("body", "{\"status\": \"processing\", \"progress\": 40}");
    event
        .putObject("pathParameters")
        .put("provider", "useapi")
        .put("jobId", id)
        .put("token", token);
    try (LambdaProcess callback = runtime("callback")) {
      JsonNode answer = JSON.readTree(callback.invoke(bytes(event.toString()), PATIENCE));
      assertThat(answer.path("statusCode").asInt()).isEqualTo(204);
    }
    assertThat(job(id).status()).isEqualTo(Status.GENERATING);
    assertThat(job(id).progress()).hasValue(40);
  }

  private void check(String id) throws Exception {
    try (LambdaProcess check = runtime("check")) {
      for (int number = 1; job(id).status() != Status.STORING; number++) {
        String message =
            "{\"type\":\"check\",\"jobId\":\"%s\",\"number\":%d}".formatted(id, number);
        assertThat(check.invoke(bytes(event(message)), PATIENCE))
            .asString(StandardCharsets.UTF_8)
            .isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(number).as("checks until the song is made").isLessThan(1_000);
      }
      assertThat(check.log())
          .as("each line of the log says which job it is about")
          .contains("\"jobId\":\"" + id + "\"");
    }
  }

  private Message downloadMessage(String asset) {
    Map<String, String> environment = environment("DownloadFunction");
    try (SqsClient sqs = new AwsClients(environment).sqs()) {
      String url = variable(environment, "RIFFHOOK_DOWNLOAD_QUEUE");
      while (true) {
        List<Message> batch =
            sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(1))
                .messages();
        assertThat(batch).as("messages on the download queue").isNotEmpty();
        for (Message message : batch) {
          if (message.body().contains("\"" + asset + "\"")) {
            return message;
          }
        }
      }
    }
  }

  private static String event(String body) {
    ObjectNode event = JSON.createObjectNode();
    ObjectNode message = event.putArray("Records").addObject();
    message.put("messageId", "1").put("receiptHandle", "handle").put("body", body);
    message.putObject("attributes").put("ApproximateReceiveCount", "1");
    return event.toString();
  }

  private LambdaProcess runtime(String name, String... flags) throws Exception {
    return runtime(name, environment(function(name)), flags);
  }

  /** Where the look through all output at the end of the build finds it. */
  private static Path log(String name) throws IOException {
    return Files.createDirectories(Path.of("target", "lambda-logs"))
        .resolve(name + "-" + UUID.randomUUID() + ".log");
  }

  private static String function(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Function";
  }

  private LambdaProcess runtime(String name, Map<String, String> environment, String... flags)
      throws Exception {
    return LambdaProcess.start(code(name), environment, log(name), List.of(flags));
  }

  private FunctionCode code(String name) throws IOException {
    String function = function(name);
    return FunctionCode.unpack(
        template.functions().stream()
            .filter(each -> each.name().equals(function))
            .findFirst()
            .orElseThrow(),
        Path.of("..", ".."),
        folder.resolve(name));
  }

  private static byte[] bytes(String event) {
    return event.getBytes(StandardCharsets.UTF_8);
  }

  private Map<String, String> environment(String function) {
    return Optional.ofNullable(environments.get(function)).orElseThrow();
  }

  private static String variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).orElseThrow();
  }

  private Job job(String id) {
    Map<String, String> environment = environment("CheckFunction");
    try (DynamoDbClient client = new AwsClients(environment).dynamoDb()) {
      return new DynamoDbJobStore(client, variable(environment, "RIFFHOOK_TABLE"))
          .find(new JobId(id))
          .orElseThrow();
    }
  }

  private Song song(String id) {
    Map<String, String> environment = environment("CheckFunction");
    try (DynamoDbClient client = new AwsClients(environment).dynamoDb()) {
      return new DynamoDbSongStore(client, variable(environment, "RIFFHOOK_TABLE"))
          .find(new SongId(new JobId(id), 1))
          .orElseThrow();
    }
  }

  /** What the bytes hash to where they come from. */
  private String providersSha256(String song) throws Exception {
    URI uri = URI.create(simulator.baseUrl() + "/music/download/?download_format=wav&id=" + song);
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    try (HttpClient client = HttpClient.newHttpClient();
        InputStream bytes =
            client
                .send(
                    HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + simulator.token())
                        .build(),
                    HttpResponse.BodyHandlers.ofInputStream())
                .body();
        DigestInputStream digest = new DigestInputStream(bytes, sha256)) {
      digest.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(sha256.digest());
  }
}
