package io.riffhook.local.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.aws.AwsClients;
import io.riffhook.local.docs.EventSchemas;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Jobs that come by the event bus, and events that go out by it. */
class EventBusJobIT {
  private static Rig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = Rig.start();
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @Test
  void shouldMakeAJobOfAnEvent() throws Exception {
    String submission =
        "{\"owner\":\"local\",\"id\":\"by-event\",\"prompt\":\"paper"
            + " boats\",\"formats\":[\"mp3\"]}";

    HttpResponse<String> answer = rig.putEvent("riffhook.submit", submission);
    // EventBridge delivers at least once.
    rig.putEvent("riffhook.submit", submission);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode job = rig.awaitStatus("by-event", "READY");
    assertThat(job.path("songs").get(0).path("assets").get(0).path("status").asText())
        .isEqualTo("stored");
    assertThat(rig.asked("POST", "/create-prompt")).hasSize(1);
    ObjectNode event =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", "evt_1")
            .put("type", "job.ready")
            .put("timestamp", job.path("updatedAt").asText())
            .put("owner", "local")
            .put("sequence", 3_000);
    event.putObject("data").set("job", job);
    assertThat(EventSchemas.errors(event)).isEmpty();
  }

  @Test
  void shouldPutAnEventThatIsNoSubmissionAmongTheDeadLetters() throws Exception {
    rig.putEvent("riffhook.submit", "{\"owner\":\"local\",\"id\":\"no-prompt\"}");

    Map<String, String> submit = rig.machine().environment("SubmitFunction");
    String letters = submit.get("RIFFHOOK_SUBMISSION_DEAD_LETTER_QUEUE");
    try (SqsClient sqs = new AwsClients(submit).sqs()) {
      List<Message> dead = List.of();
      for (int tries = 0; dead.isEmpty() && tries < 20; tries++) {
        dead =
            sqs.receiveMessage(
                    get -> get.queueUrl(letters).waitTimeSeconds(2).messageAttributeNames("All"))
                .messages();
      }
      assertThat(dead)
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.body()).isEqualTo("{\"owner\":\"local\",\"id\":\"no-prompt\"}");
                assertThat(letter.messageAttributes())
                    .extractingByKey("reason")
                    .extracting(MessageAttributeValue::stringValue)
                    .isEqualTo("/prompt is required");
              });
    }
  }

  @Test
  void shouldCarryWhatIsInTheEventQueueToTheBus() throws Exception {
    CompletableFuture<JsonNode> event =
        rig.nextEvent(each -> each.at("/detail/id").asText().equals("evt_1"));
    String message =
        "{\"id\":\"evt_1\",\"type\":\"job.ready\",\"timestamp\":\"2026-11-21T02:25:14Z\",\"owner\":\"local\",\"data\":{}}";

    rig.sendTo("riffhook-event-queue", message);

    JsonNode on = event.get(20, TimeUnit.SECONDS);
    assertThat(on.path("source").asText()).isEqualTo("riffhook");
    assertThat(on.path("detail-type").asText()).isEqualTo("job.ready");
    assertThat(on.path("time").asText()).isEqualTo("2026-11-21T02:25:14Z");
    assertThat(on.path("detail").toString()).isEqualTo(message);
  }
}
