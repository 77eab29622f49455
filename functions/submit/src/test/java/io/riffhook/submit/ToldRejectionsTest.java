package io.riffhook.submit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.EventType;
import io.riffhook.domain.InMemoryQueues;
import io.riffhook.domain.Notification;
import io.riffhook.domain.NotificationTask;
import io.riffhook.domain.Owner;
import io.riffhook.lambda.SubmissionSender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ToldRejectionsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T02:25:14Z");

  private final InMemoryQueues queues = new InMemoryQueues();
  private final List<RejectedSubmissions.Rejected> kept = new ArrayList<>();

  @Test
  void shouldTellTheSenderAndKeepTheMessage() {
    RejectedSubmissions.Rejected bad =
        rejected(
            "{\"owner\":\"alice\",\"id\":\"my-id\",\"reference\":\"order-1\",\"promt\":\"x\"}");
    new ToldRejections(kept::add, queues, () -> NOW).reject(bad);
    assertThat(told())
        .containsExactly(
            new Notification(
                "evt_m-1_rejected",
                EventType.SUBMISSION_REJECTED,
                NOW,
                0,
                new Owner("alice"),
                new Notification.Subject.Data(
                    "{\"submissionId\":\"my-id\",\"reason\":\"/prompt is"
                        + " required\",\"reference\":\"order-1\"}")));
    assertThat(kept).containsExactly(bad);
  }

  @Test
  void shouldTellOfAMessageThatNamesNobody() {
    new ToldRejections(kept::add, queues, () -> NOW).reject(rejected("not JSON"));
    assertThat(told())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.owner()).isEqualTo(new Owner("unknown"));
              assertThat(each.subject())
                  .isEqualTo(
                      new Notification.Subject.Data(
                          "{\"submissionId\":\"m-1\",\"reason\":\"/prompt is required\"}"));
            });
  }

  @Test
  void shouldNotCutALongReasonThroughACharacter() {
    String start = "x".repeat(999);
    RejectedSubmissions.Rejected bad =
        new RejectedSubmissions.Rejected(
            "m-1", "{}", start + "😀 and more", SubmissionSender.of("{}".getBytes(UTF_8)));
    new ToldRejections(kept::add, queues, () -> NOW).reject(bad);
    assertThat(told())
        .extracting(Notification::subject)
        .containsExactly(
            new Notification.Subject.Data(
                "{\"submissionId\":\"m-1\",\"reason\":\"" + start + "\"}"));
  }

  @Test
  void shouldTellAgainUnderTheSameIdWhereKeepingFails() {
    RejectedSubmissions broken =
        _ -> {
          throw new IllegalStateException("SQS is away");
        };
    RejectedSubmissions.Rejected bad = rejected("{}");
    assertThatThrownBy(() -> new ToldRejections(broken, queues, () -> NOW).reject(bad))
        .hasMessage("SQS is away");
    new ToldRejections(kept::add, queues, () -> NOW).reject(bad);
    assertThat(told()).hasSize(2).extracting(Notification::id).containsOnly("evt_m-1_rejected");
    assertThat(kept).hasSize(1);
  }

  private List<Notification> told() {
    return queues.messages(InMemoryQueues.NotificationDue.class).stream()
        .map(due -> ((NotificationTask.Tell) due.task()).notification())
        .toList();
  }

  private static RejectedSubmissions.Rejected rejected(String body) {
    return new RejectedSubmissions.Rejected(
        "m-1", body, "/prompt is required", SubmissionSender.of(body.getBytes(UTF_8)));
  }
}
