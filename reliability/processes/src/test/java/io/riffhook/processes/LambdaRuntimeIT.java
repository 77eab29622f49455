package io.riffhook.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbJobStore;
import io.riffhook.aws.DynamoDbSongStore;
import io.riffhook.domain.Asset;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Song;
import io.riffhook.domain.SongId;
import io.riffhook.domain.Status;
import io.riffhook.domain.StoredFile;
import io.riffhook.local.aws.AwsServices;
import io.riffhook.local.aws.EmbeddedAws;
import io.riffhook.local.template.Template;
import io.riffhook.simulator.Simulator;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Submit, callback, check and download as they are packaged, each under the real runtime client.
 */
class LambdaRuntimeIT {
  private static final String SECRET = "a-callback-secret-of-the-tests";
  private static final long GIBIBYTE = 1L << 30;
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

  private String submit(String body) throws Exception {
    ObjectNode event = JSON.createObjectNode().put("routeKey", "POST /v1/jobs").put("body", body);
    try (LambdaProcess submit = runtime("submit")) {
      JsonNode answer = JSON.readTree(submit.invoke(bytes(event.toString()), PATIENCE));
      assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(202);
      return JSON.readTree(answer.path("body").asText()).path("id").asText();
    }
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
    String function = Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Function";
    FunctionCode code =
        FunctionCode.unpack(
            template.functions().stream()
                .filter(each -> each.name().equals(function))
                .findFirst()
                .orElseThrow(),
            Path.of("..", ".."),
            folder.resolve(name));
    return LambdaProcess.start(
        code, environment(function), folder.resolve(name + ".log"), List.of(flags));
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
