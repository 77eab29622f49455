package io.riffhook.local.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbJobStore;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Format;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobChange;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobRequest;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Status;
import io.riffhook.domain.SubmitJob;
import io.riffhook.local.aws.AwsServices;
import io.riffhook.local.aws.EmbeddedAws;
import io.riffhook.local.docs.Handlers;
import io.riffhook.local.template.Function;
import io.riffhook.local.template.Template;
import io.riffhook.providers.ConfiguredProviders;
import io.riffhook.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * Messages that can never be dealt with, in one batch with good ones, through the deployed handlers
 * on real services: the good ones are done with, whatever stands before or after them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PoisonMessagesIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Owner OWNER = new Owner("somebody");
  private static final String NESTED = "[".repeat(200_000);

  /** Jobs of a provider that was configured when they were submitted. */
  private static final JobId QUEUED_AT_GONE = new JobId("queued-at-gone");

  private static final JobId TAKEN_BY_GONE = new JobId("taken-by-gone");

  private final Template template = Template.read(Path.of("..", "template.yaml"), Map.of());
  private final Simulator simulator;
  private final AwsServices aws;
  private final Map<String, Map<String, String>> environments;
  private final JobStore jobs;

  PoisonMessagesIT() throws Exception {
    simulator =
        Simulator.start(
            Rig.quick().callbacks(how -> how.withNever(true).withBeforeAnswer(true)), 0);
    aws = AwsServices.start(new EmbeddedAws(Optional.empty()), template, Optional.empty());
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "RIFFHOOK_ONE_MACHINE",
                "true",
                "RIFFHOOK_PROVIDERS",
                "useapi",
                "RIFFHOOK_PUBLIC_URL",
                "http://127.0.0.1:8080",
                "RIFFHOOK_CALLBACK_SECRETS",
                Rig.SECRET,
                "USEAPI_BASE_URL",
                simulator.baseUrl(),
                "USEAPI_TOKEN",
                simulator.token()));
    settings.putAll(aws.environment());
    environments = template.environments(aws.resolver(), settings);
    Map<String, String> check = environment("CheckFunction");
    jobs =
        new DynamoDbJobStore(
            new AwsClients(check).dynamoDb(),
            Optional.ofNullable(check.get("RIFFHOOK_TABLE")).orElseThrow());
    Capabilities gone =
        ConfiguredProviders.find("musicapi", _ -> Optional.empty()).orElseThrow().capabilities();
    Instant earlier = Instant.now().minus(Duration.ofHours(1));
    jobs.insert(
        Job.preparing(QUEUED_AT_GONE, OWNER, request(), gone, true, earlier, SubmitJob.LIFE));
    jobs.insert(
        Job.submitting(TAKEN_BY_GONE, OWNER, request(), gone, true, earlier, SubmitJob.LIFE));
    jobs.apply(
        TAKEN_BY_GONE,
        new JobChange.Accepted(List.of("task-1"), Optional.empty(), earlier),
        earlier);
  }

  private static JobRequest request() {
    return new JobRequest(
        new Operation.Prompt("paper boats", false),
        Optional.of("musicapi"),
        Optional.empty(),
        Set.of(Format.MP3),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @AfterAll
  void close() {
    aws.close();
    simulator.close();
  }

  private Map<String, String> environment(String function) {
    return Optional.ofNullable(environments.get(function)).orElseThrow();
  }

  /** The numbers of the messages, from 1, that a function names as failed. */
  private List<Integer> failed(String function, String... bodies) throws Exception {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode records = event.putArray("Records");
    for (String body : bodies) {
      ObjectNode record = records.addObject();
      record.put("messageId", "message-" + records.size()).put("receiptHandle", "handle");
      record.put("body", body).put("eventSource", "aws:sqs");
      record.putObject("attributes").put("ApproximateReceiveCount", "1");
    }
    Function declared =
        template.functions().stream()
            .filter(each -> each.name().equals(function))
            .findFirst()
            .orElseThrow();
    RequestStreamHandler handler = Handlers.of(declared, environment(function));
    return numbers(Handlers.run(handler, event).path("batchItemFailures"));
  }

  private static List<Integer> numbers(JsonNode failures) {
    return failures
        .valueStream()
        .map(each -> each.path("itemIdentifier").asText())
        .map(id -> Integer.parseInt(id.substring("message-".length())))
        .toList();
  }

  private Job job(String id) {
    return jobs.find(new JobId(id)).orElseThrow();
  }

  /** Why messages were put among the dead letters of submissions, by their ids. */
  private Map<String, String> reasons() {
    Map<String, String> reasons = new HashMap<>();
    for (Message letter :
        aws.sqs()
            .receiveMessage(
                get ->
                    get.queueUrl(aws.queue("SubmissionDeadLetterQueue").url())
                        .maxNumberOfMessages(10)
                        .messageAttributeNames("All"))
            .messages()) {
      Map<String, MessageAttributeValue> attributes = letter.messageAttributes();
      reasons.put(text(attributes, "messageId"), text(attributes, "reason"));
    }
    return reasons;
  }

  private static String text(Map<String, MessageAttributeValue> attributes, String name) {
    return Optional.ofNullable(attributes.get(name)).orElseThrow().stringValue();
  }

  private List<String> bodies(String queue) {
    return aws
        .sqs()
        .receiveMessage(get -> get.queueUrl(aws.queue(queue).url()).maxNumberOfMessages(10))
        .messages()
        .stream()
        .map(Message::body)
        .toList();
  }

  @Test
  @Order(1)
  void shouldSubmitWhatIsGood() throws Exception {
    assertThat(
            failed(
                "SubmitFunction",
                "{\"owner\":",
                "{\"owner\":\"somebody\",\"id\":\"good-1\",\"prompt\":\"one\",\"formats\":[\"mp3\"]}",
                NESTED,
                "{\"type\":\"submission\",\"jobId\":\"good-1\",\"version\":2}",
                "{\"type\":\"submission\",\"jobId\":\"" + QUEUED_AT_GONE + "\"}",
                "",
                "{\"owner\":\"somebody\",\"id\":\"good-2\",\"prompt\":\"two\",\"formats\":[\"mp3\"]}"))
        .as("a job of ours that waits for its provider; and SQS has no empty messages to keep")
        .containsExactly(5, 6);
    assertThat(reasons())
        .containsOnlyKeys("message-1", "message-3", "message-4")
        .hasEntrySatisfying("message-1", reason -> assertThat(reason).startsWith("It is not JSON:"))
        .hasEntrySatisfying("message-3", reason -> assertThat(reason).startsWith("It is not JSON:"))
        .hasEntrySatisfying(
            "message-4", reason -> assertThat(reason).startsWith("/owner is required; "));

    assertThat(job("good-1").status()).isEqualTo(Status.SUBMITTED);
    assertThat(job("good-2").status()).isEqualTo(Status.SUBMITTED);
    assertThat(jobs.find(QUEUED_AT_GONE).orElseThrow().status()).isEqualTo(Status.QUEUED);
  }

  @Test
  @Order(2)
  void shouldCheckWhatIsGood() throws Exception {
    assertThat(
            failed(
                "CheckFunction",
                "{\"type\":\"check\",\"jobId\":\"good-1\",\"number\":0}",
                NESTED,
                "{\"type\":\"check-of-tomorrow\",\"jobId\":\"good-1\",\"number\":1}",
                check(TAKEN_BY_GONE.value()),
                "null",
                check("good-1")))
        .containsExactly(1, 2, 3, 5);

    assertThat(job("good-1").status()).isEqualTo(Status.STORING);
    assertThat(job("good-1").checks()).isEqualTo(2);
    Job waiting = job(TAKEN_BY_GONE.value());
    assertThat(waiting.status()).isEqualTo(Status.SUBMITTED);
    assertThat(waiting.checks()).as("the chain goes on").isEqualTo(2);
    assertThat(waiting.reason().map(Reason::code)).contains("provider-unavailable");
  }

  private static String check(String job) {
    return "{\"type\":\"check\",\"jobId\":\"%s\",\"number\":1}".formatted(job);
  }

  @Test
  @Order(3)
  void shouldDownloadWhatIsGood() throws Exception {
    assertThat(
            failed(
                "DownloadFunction",
                "{\"type\":\"store\",\"songId\":\"good-1-1\",\"name\":\"../../song.mp3\","
                    + "\"link\":\"https://x/\",\"attempt\":1}",
                NESTED,
                "{\"type\":\"stream\",\"jobId\":\"good-2\",\"attempt\":1}",
                collect(TAKEN_BY_GONE.value(), "task-1"),
                collect("good-2", job("good-2").providerJobs().iterator().next())))
        .containsExactly(1, 2, 3, 4);

    assertThat(job("good-2").status()).isEqualTo(Status.STORING);
    assertThat(bodies("DownloadQueue")).anyMatch(body -> body.contains("\"songId\":\"good-2-1\""));
  }

  private static String collect(String job, String providerJob) {
    return "{\"type\":\"collect\",\"jobId\":\"%s\",\"providerJob\":\"%s\",\"attempt\":1}"
        .formatted(job, providerJob);
  }
}
