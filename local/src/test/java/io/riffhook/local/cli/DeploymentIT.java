package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riffhook.aws.AwsClients;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Commands reach the table and the queues, wherever the system is. */
class DeploymentIT {
  private static final CliContext CONTEXT = context(Map.of());

  private final Path folder;

  DeploymentIT(@TempDir Path folder) {
    this.folder = folder;
  }

  private static CliContext context(Map<String, String> environment) {
    return new CliContext(Path.of("..").toAbsolutePath().normalize(), environment, false, 80);
  }

  private static Map<String, AttributeValue> key() {
    return Map.of("PK", AttributeValue.fromS("KEY#1"), "SK", AttributeValue.fromS("KEY"));
  }

  private static void write(Deployment deployment) {
    try (DynamoDbClient table = new AwsClients(deployment.environment()).dynamoDb()) {
      table.putItem(put -> put.tableName(table(deployment)).item(key()));
    }
  }

  private static boolean isWritten(Deployment deployment) {
    try (DynamoDbClient table = new AwsClients(deployment.environment()).dynamoDb()) {
      return table.getItem(get -> get.tableName(table(deployment)).key(key())).hasItem();
    }
  }

  private static String table(Deployment deployment) {
    return deployment.environment().getOrDefault("RIFFHOOK_TABLE", "");
  }

  private static void assertQueuesAnswer(Deployment deployment) {
    try (SqsClient sqs = new AwsClients(deployment.environment()).sqs()) {
      for (String queue :
          new String[] {
            "RIFFHOOK_SUBMISSION_QUEUE", "RIFFHOOK_DOWNLOAD_QUEUE", "RIFFHOOK_CHECK_QUEUE"
          }) {
        assertThat(
                sqs.getQueueAttributes(
                        get ->
                            get.queueUrl(deployment.environment().get(queue))
                                .attributeNames(QueueAttributeName.REDRIVE_POLICY))
                    .attributesAsStrings())
            .containsKey("RedrivePolicy");
      }
    }
  }

  @Test
  void shouldReachOneThatRunsAndOneThatDoesNot() {
    Backend backend = Backend.start(CONTEXT, 0, Optional.of(folder), SimulatorSettings.defaults());
    try (backend;
        Deployment running = Deployment.open(CONTEXT, Optional.of(folder))) {
      assertThat(running.place()).isEqualTo(backend.machine().apiUrl().toString());
      assertQueuesAnswer(running);
      write(running);
    }

    assertThat(folder.resolve("running.json")).doesNotExist();
    try (Deployment resting = Deployment.open(CONTEXT, Optional.of(folder))) {
      assertThat(resting.place()).isEqualTo("the data in " + folder);
      assertThat(isWritten(resting)).isTrue();
      assertQueuesAnswer(resting);
    }
  }

  @Test
  void shouldReachADeployedOneByTheUsersVariables() {
    CliContext user =
        context(
            Map.of(
                "RIFFHOOK_TABLE", "riffhook-Table-1X",
                "RIFFHOOK_CHECK_QUEUE", "https://sqs.eu-central-1.amazonaws.com/1/checks",
                "AWS_REGION", "eu-central-1",
                "USEAPI_TOKEN", "not for AWS"));

    try (Deployment deployed = Deployment.open(user, Optional.empty())) {
      assertThat(deployed.place()).isEqualTo("table riffhook-Table-1X");
      assertThat(deployed.environment())
          .containsOnlyKeys("RIFFHOOK_TABLE", "RIFFHOOK_CHECK_QUEUE", "AWS_REGION");
    }
  }

  @Test
  void shouldSayThatThereIsNone() {
    assertThatExceptionOfType(CliException.class)
        .isThrownBy(() -> Deployment.open(CONTEXT, Optional.of(folder.resolve("nothing"))))
        .withMessageContaining("nothing runs on")
        .withMessageContaining("--data")
        .withMessageContaining("'up --in-memory' cannot be reached")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNREACHABLE));
  }

  @Test
  void shouldSayThatAProcessDoesNotAnswer() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    ProcessHandle self = ProcessHandle.current();
    Instant started = self.info().startInstant().orElseThrow();
    new Running(self.pid(), started, URI.create("http://127.0.0.1:" + free), Map.of())
        .writeTo(folder);

    assertThatExceptionOfType(CliException.class)
        .isThrownBy(() -> Deployment.open(CONTEXT, Optional.of(folder)))
        .withMessageContaining("process " + self.pid() + " has the data")
        .withMessageContaining("does not answer at http://127.0.0.1:" + free);
  }
}
