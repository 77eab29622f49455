package io.riffhook.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.aws.AwsClients;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Status;
import io.riffhook.local.aws.AwsServices;
import io.riffhook.local.aws.EmbeddedAws;
import io.riffhook.local.template.Template;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The journal bites: a status that goes back, for however short a time, is found. */
class StatusJournalIT {

  @Test
  void shouldFindEachStepBack() throws Exception {
    Template template = Template.read(Path.of("..", "..", "template.yaml"), Map.of());
    BlockingQueue<JobId> ended = new LinkedBlockingQueue<>();
    try (AwsServices aws =
        AwsServices.start(new EmbeddedAws(Optional.empty()), template, Optional.empty())) {
      Map<String, String> environment = new HashMap<>(aws.environment());
      environment.put("RIFFHOOK_TABLE", "riffhook-table");
      StatusJournal journal = StatusJournal.start(environment, ended::add);
      try (journal;
          DynamoDbClient client = new AwsClients(environment).dynamoDb()) {
        write(client, "well", Status.QUEUED, Status.SUBMITTED, Status.STORING, Status.READY);
        write(client, "back", Status.GENERATING, Status.SUBMITTED, Status.STORING);
        write(client, "risen", Status.FAILED, Status.READY);
        assertThat(ended.take()).isEqualTo(new JobId("well"));
      }

      assertThat(journal.violations())
          .containsExactly(
              "back went from GENERATING to SUBMITTED", "risen went from FAILED to READY");
      assertThat(journal.latest())
          .isEqualTo(
              Map.of(
                  new JobId("well"), Status.READY,
                  new JobId("back"), Status.STORING,
                  new JobId("risen"), Status.READY));
      assertThat(journal.changes()).isEqualTo(9);
    }
  }

  private static void write(DynamoDbClient client, String job, Status... statuses) {
    for (Status status : List.of(statuses)) {
      client.putItem(
          put ->
              put.tableName("riffhook-table")
                  .item(
                      Map.of(
                          "PK", AttributeValue.fromS("JOB#" + job),
                          "SK", AttributeValue.fromS("JOB"),
                          "status", AttributeValue.fromS(status.name()))));
    }
  }
}
