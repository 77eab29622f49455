package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.riffhook.aws.AwsClients;
import io.riffhook.domain.Status;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Dead letters of a running system, put back by the command. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedriveCommandIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Backend backend =
      Backend.start(
          new CliContext(Path.of("..").toAbsolutePath().normalize(), Map.of(), false, 80),
          0,
          Optional.empty(),
          SimulatorSettings.defaults()
              .generation(how -> how.withDuration(Duration.ofMillis(50)).withAudioSeconds(4))
              .callbacks(how -> how.withNever(true)));
  private final Wake wake = new Wake();
  private final SqsClient sqs = new AwsClients(backend.machine().resources()).sqs();

  RedriveCommandIT() {
    backend.machine().onInvocation(wake);
  }

  @AfterAll
  void close() {
    sqs.close();
    backend.close();
  }

  /** As the user of a deployed one, by variables. */
  private Cli cli() {
    return new Cli(backend.machine().resources());
  }

  /** Puts a message where SQS puts it once it has failed too often; answers its id. */
  private String deadLetter(String queue, String body) {
    String url =
        sqs.getQueueUrl(get -> get.queueName("riffhook-" + queue + "-dead-letter-queue"))
            .queueUrl();
    return sqs.sendMessage(send -> send.queueUrl(url).messageBody(body)).messageId();
  }

  private JobView awaitEnd(String job) throws InterruptedException {
    JobView view = backend.api().job(job);
    wake.looked();
    while (!view.status().isTerminal()) {
      wake.await();
      view = backend.api().job(job);
      wake.looked();
    }
    return view;
  }

  /** Its provider never calls and its only check message is a dead letter: nobody watches it. */
  @Test
  void shouldBringAJobThatNobodyWatchesToItsEnd() throws Exception {
    String job =
        backend
            .api()
            .submit(JsonNodeFactory.instance.objectNode().put("prompt", "paper boats"))
            .id();
    wake.looked();
    deadLetter("check", "{\"type\":\"check\",\"jobId\":\"%s\",\"number\":1}".formatted(job));

    Cli look = cli();
    assertThat(look.run("redrive", "--dry-run")).as(look.err()).isEqualTo(ExitCode.OK);
    assertThat(look.out().lines())
        .containsExactly(
            "QUEUE         WAITING  MOVED",
            "submission          0      -",
            "download            0      -",
            "check               1      -",
            "notification        0      -",
            "event               0      -",
            "batch               0      -",
            "inbox               0      -");

    Cli redrive = cli();
    assertThat(redrive.run("redrive", "--json")).as(redrive.err()).isEqualTo(ExitCode.OK);
    JsonNode check = JSON.readTree(redrive.out()).at("/queues/2");
    assertThat(check.path("name").asText()).isEqualTo("check");
    assertThat(check.path("deadLetterQueue").asText()).endsWith("check-dead-letter-queue");
    assertThat(check.path("waiting").asInt()).isEqualTo(1);
    assertThat(check.path("moved").asInt()).isEqualTo(1);
    assertThat(redrive.err()).contains("check: 1 of about 1 moved");
    assertThat(awaitEnd(job).status()).isEqualTo(Status.READY);
  }

  /** By the id of its message, which is another one once it is sent again. */
  @Test
  void shouldMakeOneJobOfASubmissionWithoutAnId() throws Exception {
    String message = deadLetter("submission", "{\"owner\":\"local\",\"prompt\":\"tin whistles\"}");

    Cli redrive = cli();
    assertThat(redrive.run("redrive", "submission")).as(redrive.err()).isEqualTo(ExitCode.OK);

    assertThat(redrive.out().lines())
        .containsExactly("QUEUE       WAITING  MOVED", "submission        1      1");
    while (backend.api().find("/v1/jobs/" + message).isEmpty()) {
      wake.looked();
      wake.await();
    }
    assertThat(backend.api().job(message).id()).isEqualTo(message);
  }

  @Test
  void shouldLeaveOtherMessagesAsTheyAre() {
    for (String body :
        new String[] {
          "{\"type\":\"submission\",\"jobId\":\"job-1\"}",
          "{\"owner\":\"local\",\"id\":\"mine\",\"prompt\":\"x\"}",
          "no JSON",
          "[1, 2]"
        }) {
      assertThat(RedriveCommand.withId("id-of-message", body)).isEqualTo(body);
    }
  }

  @Test
  void shouldSendTheDetailOfAnEventThatDidNotReachTheQueue() {
    String event =
        "{\"id\":\"e\",\"detail-type\":\"riffhook.submit\",\"detail\":{\"owner\":\"a\"%s}}";

    assertThat(RedriveCommand.withId("m", event.formatted("")))
        .isEqualTo("{\"owner\":\"a\",\"id\":\"m\"}");
    assertThat(RedriveCommand.withId("m", event.formatted(",\"id\":\"own\"")))
        .isEqualTo("{\"owner\":\"a\",\"id\":\"own\"}");
  }

  @Test
  void shouldSayWhichVariableIsMissing() {
    Map<String, String> some = new HashMap<>(backend.machine().resources());
    some.remove("RIFFHOOK_CHECK_QUEUE");
    Cli cli = new Cli(some);

    assertThat(cli.run("redrive", "check")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(cli.err())
        .contains("RIFFHOOK_CHECK_QUEUE is not set, and says where the check queue is");
  }

  @Test
  void shouldSayThatAQueueHasNoDeadLetters() {
    Map<String, String> wrong = new HashMap<>(backend.machine().resources());
    wrong.put(
        "RIFFHOOK_CHECK_QUEUE",
        sqs.getQueueUrl(get -> get.queueName("riffhook-check-dead-letter-queue")).queueUrl());
    Cli cli = new Cli(wrong);

    assertThat(cli.run("redrive", "check")).isEqualTo(ExitCode.FAILED);
    assertThat(cli.err()).contains("the check queue has no dead-letter queue");
  }

  @Test
  void shouldSayThatSqsCannotBeUsed() {
    Map<String, String> wrong = new HashMap<>(backend.machine().resources());
    wrong.put("RIFFHOOK_CHECK_QUEUE", wrong.get("RIFFHOOK_CHECK_QUEUE") + "-of-yesterday");
    Cli cli = new Cli(wrong);

    assertThat(cli.run("redrive", "check")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(cli.err()).contains("SQS cannot be used: ");
  }
}
