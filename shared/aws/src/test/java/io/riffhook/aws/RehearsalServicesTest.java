package io.riffhook.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobCases;
import io.riffhook.domain.JobChange;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Page;
import io.riffhook.domain.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

class RehearsalServicesTest {
  private static final Map<String, String> REAL =
      Map.of(
          "AWS_REGION", "us-east-1",
          "AWS_ACCESS_KEY_ID", "real-id",
          "AWS_SECRET_ACCESS_KEY", "real-secret",
          "AWS_SESSION_TOKEN", "real-session",
          "AWS_ENDPOINT_URL_SQS", "https://sqs.us-east-1.amazonaws.com",
          "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start",
          "RIFFHOOK_TABLE", "riffhook",
          "RIFFHOOK_CALLBACK_SECRETS_ARN", "arn:aws:secretsmanager:us-east-1:1:secret:callbacks",
          "RIFFHOOK_PUBLIC_URL_PARAMETER", "/riffhook/public-url",
          "MUREKA_TOKEN_ARN", "arn:aws:secretsmanager:us-east-1:1:secret:mureka");

  private static final Map<String, String> ALSO_REAL =
      Map.of(
          "STANDARD_MAPPING_PARAMETER",
          "/riffhook/mapping",
          "MUREKA_TOKEN_PARAMETER",
          "/riffhook/m");

  private RehearsalServices services;
  private Map<String, String> environment;
  private JobStore jobs;

  @BeforeEach
  void start() throws IOException {
    services = RehearsalServices.start();
    Map<String, String> real = new HashMap<>(REAL);
    real.putAll(ALSO_REAL);
    environment = services.environment(real);
    jobs = new DynamoDbJobStore(new AwsClients(environment).dynamoDb(), "riffhook");
  }

  @AfterEach
  void stop() {
    services.close();
  }

  @Test
  void shouldLeadNowhereElseAndKnowNoSecret() {
    assertThat(environment.toString()).doesNotContain("real-", "snap-start");
    assertThat(environment)
        .containsEntry("AWS_ENDPOINT_URL", services.url())
        .doesNotContainKey("AWS_ENDPOINT_URL_SQS")
        .containsEntry("RIFFHOOK_TABLE", "riffhook");
    Settings settings = new EnvironmentSettings(environment);
    assertThat(environment.toString()).doesNotContain("arn:", "/riffhook/");
    assertThat(environment)
        .as("read from this server, as the real function reads them from AWS")
        .containsEntry("RIFFHOOK_CALLBACK_SECRETS_ARN", "RIFFHOOK_CALLBACK_SECRETS")
        .containsEntry("RIFFHOOK_PUBLIC_URL_PARAMETER", "RIFFHOOK_PUBLIC_URL")
        .doesNotContainKeys("RIFFHOOK_CALLBACK_SECRETS", "RIFFHOOK_PUBLIC_URL");
    assertThat(settings.require("RIFFHOOK_CALLBACK_SECRETS")).isEqualTo("no-secret-of-anybodys");
    assertThat(settings.require("RIFFHOOK_PUBLIC_URL")).isEqualTo("https://rehearsal.invalid");
    assertThat(settings.isSet("MUREKA_TOKEN")).isFalse();
    assertThat(settings.isSet("STANDARD_MAPPING")).isFalse();
  }

  @Test
  void shouldRememberJobsAndAnswerChangesOfThem() {
    Job job = JobCases.fresh(new Owner("alice"), JobCases.T0);
    assertThat(jobs.find(job.id())).isEmpty();

    assertThat(jobs.insert(job)).isTrue();

    assertThat(jobs.find(job.id())).contains(job);
    assertThat(
            jobs.ofOwner(
                    job.owner(),
                    new JobStore.Filter(List.of(), Optional.empty()),
                    new Page.Request(20, Optional.empty()))
                .items())
        .containsExactly(job);
    assertThat(jobs.apply(job.id(), new JobChange.Woken(1, "*"), Instant.now())).contains(job);
    assertThat(jobs.apply(new JobId("another"), new JobChange.Woken(1, "*"), Instant.now()))
        .isEmpty();
  }

  /** The SDK itself compares the digest of each body with its answer, and throws. */
  @Test
  void shouldTakeMessagesOneByOneAndInBatches() {
    SqsClient sqs = new AwsClients(environment).sqs();

    assertThat(sqs.sendMessage(send -> send.queueUrl("q").messageBody("√")).messageId())
        .isEqualTo("rehearsal");
    SendMessageBatchResponse batch =
        sqs.sendMessageBatch(
            send -> send.queueUrl("q").entries(entry("0", "first"), entry("1", "second")));
    assertThat(batch.successful())
        .extracting(SendMessageBatchResultEntry::id)
        .containsExactly("0", "1");
    assertThat(batch.failed()).isEmpty();
  }

  private static SendMessageBatchRequestEntry entry(String id, String body) {
    return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
  }

  @Test
  void shouldAnswerWithNothingWhereItKnowsNothing() {
    try (DynamoDbClient client = new AwsClients(environment).dynamoDb()) {
      assertThat(client.describeTable(describe -> describe.tableName("riffhook")).table()).isNull();
    }
  }

  @Test
  void shouldTakeAJobAsAProviderDoes() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(services.url() + "/create"))
                  .POST(HttpRequest.BodyPublishers.ofString("{}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(new JsonMapper().readTree(answer.body()).path("job_id").asText())
          .isEqualTo("rehearsal");
    }
  }
}
