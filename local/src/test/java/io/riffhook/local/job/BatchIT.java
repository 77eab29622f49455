package io.riffhook.local.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffhook.aws.S3Clients;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Batches through the deployed handlers, by call and by file. How many jobs and how many at once
 * are properties ({@code batch.lines}, {@code batch.concurrency}): docs/testing.md has the large
 * one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BatchIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int LINES = Integer.getInteger("batch.lines", 30);
  private static final int CONCURRENCY = Integer.getInteger("batch.concurrency", 3);

  private Rig rig;
  private S3Client s3;
  private String bucket;

  @BeforeAll
  void start() throws Exception {
    rig = Rig.start();
    Map<String, String> environment = rig.machine().environment("BatchFunction");
    s3 = new S3Clients(environment).client();
    bucket = environment.getOrDefault("RIFFHOOK_BUCKET", "");
  }

  @AfterAll
  void stop() {
    s3.close();
    rig.close();
  }

  @Test
  void shouldEndEveryJobAndNeverHaveMoreAtTheProviderThanItMay() throws Exception {
    // Whatever more the simulated account is asked for it refuses with HTTP 429.
    rig.simulate(
        Rig.quick()
            .generation(each -> each.withAudioSeconds(4))
            .create(create -> create.withMaxJobs(CONCURRENCY)));
    int creates = rig.simulator().requests().size();
    HttpResponse<String> answer = rig.post("/v1/batches", batch(LINES, CONCURRENCY));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String path = answer.headers().firstValue("location").orElseThrow();
    assertThat(path).isEqualTo("/v1/batches/" + Rig.json(answer).path("id").asText());

    JsonNode ended =
        rig.awaitAt(
            path,
            each -> each.path("status").asText().equals("ENDED"),
            Duration.ofSeconds(60 + 2L * LINES));
    assertThat(ended.path("counts")).isEqualTo(JSON.readTree("{\"READY\":" + LINES + "}"));
    assertThat(ended.path("ended").asInt()).isEqualTo(LINES);
    assertThat(
            rig.simulator().requests().stream()
                .skip(creates)
                .filter(each -> each.status() == TOO_MANY_REQUESTS))
        .isEmpty();

    List<JsonNode> report = lines(rig.bytes(path + "/report"));
    assertThat(report)
        .extracting(line -> line.path("line").asInt())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, LINES).boxed().toList());
    assertThat(report)
        .allSatisfy(
            line -> {
              assertThat(line.path("status").asText()).isEqualTo("READY");
              assertThat(line.path("reference").asText())
                  .isEqualTo("order-" + line.path("line").asInt());
              assertThat(line.at("/songs/0/assets/0/sha256").asText()).hasSize(64);
              assertThat(line.at("/songs/0/assets/0/bytes").asLong()).isPositive();
            });
  }

  @Test
  void shouldMakeABatchOfDroppedLinesAndReportOnEach() throws Exception {
    drop(
        "inbox/local/week 47/songs + more.jsonl",
        """
        {"prompt":"rain","reference":"first"}
        {"prompt":""}
        not JSON

        {"prompt":"snow"}
        """);
    List<JsonNode> report = awaitReport("outbox/local/week 47/songs + more.result.jsonl");
    assertThat(report)
        .extracting(line -> line.path("status").asText())
        .containsExactly("READY", "REFUSED", "REFUSED", "READY");
    assertThat(report.get(0).path("reference").asText()).isEqualTo("first");
    assertThat(report.get(1).path("errors"))
        .isEqualTo(JSON.readTree("[{\"pointer\":\"/prompt\",\"detail\":\"must not be blank\"}]"));
    assertThat(report.get(2).at("/errors/0/detail").asText()).startsWith("is not JSON: ");
    assertThat(report.get(3).at("/songs/0/assets/0/status").asText()).isEqualTo("stored");
  }

  @Test
  void shouldMakeOneJobOfADroppedObject() throws Exception {
    drop("inbox/local/one.json", "{\n  \"prompt\": \"rain\"\n}\n");
    assertThat(awaitReport("outbox/local/one.result.jsonl"))
        .singleElement()
        .satisfies(line -> assertThat(line.path("status").asText()).isEqualTo("READY"));
  }

  @Test
  void shouldSayOfAFileThatIsNoBatchWhatIsWrongWithIt() throws Exception {
    drop("inbox/local/nothing.jsonl", "\n\n");
    assertThat(awaitReport("outbox/local/nothing.result.jsonl"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.at("/reason/detail").asText())
                    .isEqualTo("the file can't be a batch: it holds no job"));
  }

  private static String batch(int jobs, int concurrency) {
    return IntStream.rangeClosed(1, jobs)
        .mapToObj(
            i ->
                "{\"prompt\":\"song "
                    + i
                    + "\",\"formats\":[\"mp3\"],\"reference\":\"order-"
                    + i
                    + "\"}")
        .collect(Collectors.joining(",", "{\"jobs\":[", "],\"concurrency\":" + concurrency + "}"));
  }

  private void drop(String key, String text) {
    s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString(text));
  }

  private List<JsonNode> awaitReport(String key) throws Exception {
    rig.awaitThat(
        () ->
            s3.listObjectsV2(list -> list.bucket(bucket).prefix(key)).contents().stream()
                .anyMatch(object -> object.key().equals(key)));
    return lines(s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray());
  }

  private static List<JsonNode> lines(byte[] report) {
    return new String(report, UTF_8).lines().map(BatchIT::tree).toList();
  }

  private static JsonNode tree(String line) {
    try {
      return JSON.readTree(line);
    } catch (java.io.IOException e) {
      throw new AssertionError(line, e);
    }
  }
}
