package io.riffhook.submit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Cut;
import io.riffhook.domain.EventType;
import io.riffhook.domain.Notification;
import io.riffhook.domain.NotificationTask;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Queues;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Has it told that a submission was rejected, then keeps the submission. Whoever does this again
 * after a crash tells it again, under the same id.
 */
final class ToldRejections implements RejectedSubmissions {
  /** Whose it is where the message names no owner. */
  private static final Owner UNKNOWN = new Owner("unknown");

  private static final int LONGEST_REASON = 1_000;

  private final RejectedSubmissions kept;
  private final Queues queues;
  private final InstantSource clock;

  ToldRejections(RejectedSubmissions kept, Queues queues, InstantSource clock) {
    this.kept = kept;
    this.queues = queues;
    this.clock = clock;
  }

  @Override
  public void reject(Rejected submission) {
    ObjectNode data =
        JsonNodeFactory.instance
            .objectNode()
            .put("submissionId", submission.submissionId())
            .put("reason", Cut.to(LONGEST_REASON, submission.reason()));
    submission.sender().reference().ifPresent(reference -> data.put("reference", reference));
    Notification notification =
        new Notification(
            "evt_" + submission.messageId() + "_rejected",
            EventType.SUBMISSION_REJECTED,
            clock.instant(),
            0,
            submission.sender().owner().orElse(UNKNOWN),
            new Notification.Subject.Data(data.toString()));
    queues.notification(new NotificationTask.Tell(notification), Duration.ZERO);
    kept.reject(submission);
  }
}
