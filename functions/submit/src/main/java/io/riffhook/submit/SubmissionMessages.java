package io.riffhook.submit;

import io.riffhook.aws.Messages;
import io.riffhook.aws.SqsQueues;
import io.riffhook.domain.BatchLine;
import io.riffhook.domain.BatchOrder;
import io.riffhook.domain.BatchTask;
import io.riffhook.domain.CallProvider;
import io.riffhook.domain.Delays;
import io.riffhook.domain.FieldError;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobRequest;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Reasons;
import io.riffhook.domain.SubmitJob;
import io.riffhook.lambda.SqsFunction;
import io.riffhook.lambda.SubmissionSender;
import io.riffhook.lambda.SubmitBody;
import io.riffhook.lambda.Telemetry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The submission queue: our own reminders of queued jobs, and callers' submissions without HTTP.
 */
final class SubmissionMessages {
  private static final Logger LOG = LoggerFactory.getLogger(SubmissionMessages.class);

  /**
   * How long a submission waits for room under its owner's limits: as long as the queue would keep
   * a message that nobody takes. Then it fails, and ends in the dead-letter queue, where it is
   * seen.
   */
  private static final Duration MAX_WAIT = Duration.ofDays(4);

  private final SubmitJob submit;
  private final CallProvider call;
  private final SqsQueues queues;
  private final RejectedSubmissions rejected;
  private final Delays delays;
  private final InstantSource clock;

  SubmissionMessages(
      SubmitJob submit,
      CallProvider call,
      SqsQueues queues,
      RejectedSubmissions rejected,
      Delays delays,
      InstantSource clock) {
    this.submit = submit;
    this.call = call;
    this.queues = queues;
    this.rejected = rejected;
    this.delays = delays;
    this.clock = clock;
  }

  void take(SqsFunction.Message message) {
    Optional<JobId> own = Messages.ownSubmission(message.body());
    if (own.isPresent()) {
      Telemetry.about(own.get().value());
      call.resume(own.get());
      return;
    }
    Optional<BatchOrder> order = Messages.order(message.body());
    if (order.isPresent()) {
      take(order.get());
      return;
    }
    Messages.Waiting submission =
        Messages.waiting(message.body())
            .orElseGet(() -> new Messages.Waiting(message.body(), clock.instant()));
    switch (SubmitBody.ofMessage(submission.submission().getBytes(StandardCharsets.UTF_8))) {
      case SubmitBody.Result.Malformed malformed -> reject(words(malformed), submission, message);
      case SubmitBody.Result.Bad bad -> reject(words(bad.errors()), submission, message);
      case SubmitBody.Result.Good good -> submit(good, submission, message);
    }
  }

  private void submit(
      SubmitBody.Result.Good good, Messages.Waiting submission, SqsFunction.Message message) {
    // A message that comes twice must not be two jobs: without an id of its own, SQS's serves.
    JobId id = good.id().orElseGet(() -> new JobId(message.id()));
    Telemetry.about(id.value());
    switch (submit.submit(good.owner().orElseThrow(), good.request(), Optional.of(id))) {
      case SubmitJob.Result.Submitted _ -> Telemetry.count("JobSubmitted");
      case SubmitJob.Result.StillRunning _ -> {
        // A repeat of a message whose job is on its way.
      }
      case SubmitJob.Result.OverLimit _ -> comeAgain(submission, id);
      case SubmitJob.Result.Differs _ ->
          reject("/id belongs to another job: " + id, submission, message);
      case SubmitJob.Result.Impossible impossible ->
          reject(words(impossible.errors()), submission, message);
    }
  }

  /** What can never be a job is not tried again. */
  private void reject(String reason, Messages.Waiting submission, SqsFunction.Message message) {
    LOG.warn("message {} can never be a job: {}", message.id(), reason);
    rejected.reject(
        new RejectedSubmissions.Rejected(
            message.id(),
            message.body(),
            reason,
            SubmissionSender.of(submission.submission().getBytes(StandardCharsets.UTF_8))));
    Telemetry.count("SubmissionRejected");
  }

  /**
   * A line of a batch. What finds no room under its owner's limits is submitted again by the
   * batch's own checks: a message of its own beside them would be one more each time.
   */
  private void take(BatchOrder order) {
    BatchLine line = order.line();
    Telemetry.about(line.job().value());
    switch (SubmitBody.ofCall(order.json().getBytes(StandardCharsets.UTF_8))) {
      case SubmitBody.Result.Malformed malformed ->
          refuse(line, Reasons.badLine(List.of(new FieldError("", words(malformed)))));
      case SubmitBody.Result.Bad bad -> refuse(line, Reasons.badLine(bad.errors()));
      case SubmitBody.Result.Good good -> {
        JobRequest request = good.request().in(line);
        switch (submit.submit(order.owner(), request, Optional.of(line.job()))) {
          case SubmitJob.Result.Submitted _ -> Telemetry.count("JobSubmitted");
          case SubmitJob.Result.StillRunning _ -> {
            // A repeat of a message whose job is on its way.
          }
          case SubmitJob.Result.OverLimit _ -> Telemetry.count("JobOverLimit");
          case SubmitJob.Result.Differs _ -> refuse(line, Reasons.idTaken(line.job().value()));
          case SubmitJob.Result.Impossible impossible ->
              refuse(line, Reasons.badLine(impossible.errors()));
        }
      }
    }
  }

  private void refuse(BatchLine line, Reason reason) {
    queues.batch(new BatchTask.Refused(line, reason), Duration.ZERO);
  }

  /** The message is done with once the one that follows it is sent. */
  private void comeAgain(Messages.Waiting submission, JobId id) {
    Duration waited = Duration.between(submission.since(), clock.instant());
    if (waited.compareTo(MAX_WAIT) > 0) {
      throw new NoRoomException(id, submission.since());
    }
    queues.waiting(submission.submission(), id, submission.since(), delays.room(waited));
    Telemetry.count("JobOverLimit");
  }

  private static String words(SubmitBody.Result.Malformed malformed) {
    return malformed.errors().isEmpty()
        ? malformed.detail()
        : malformed.detail() + " " + words(malformed.errors());
  }

  private static String words(List<FieldError> errors) {
    return errors.stream()
        .map(error -> error.pointer() + " " + error.detail())
        .collect(Collectors.joining("; "));
  }

  /**
   * A submission that waited as long as it may; from the dead-letter queue it can be sent again.
   */
  static final class NoRoomException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoRoomException(JobId id, Instant since) {
      super("job " + id + " has waited since " + since + " for room under its owner's limits");
    }
  }
}
