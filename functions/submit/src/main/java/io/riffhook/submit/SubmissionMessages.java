package io.riffhook.submit;

import io.riffhook.aws.Messages;
import io.riffhook.domain.CallProvider;
import io.riffhook.domain.FieldError;
import io.riffhook.domain.JobId;
import io.riffhook.domain.SubmitJob;
import io.riffhook.lambda.SqsFunction;
import io.riffhook.lambda.SubmitBody;
import io.riffhook.lambda.Telemetry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The submission queue: our own reminders of queued jobs, and callers' submissions without HTTP.
 */
final class SubmissionMessages {
  private final SubmitJob submit;
  private final CallProvider call;

  SubmissionMessages(SubmitJob submit, CallProvider call) {
    this.submit = submit;
    this.call = call;
  }

  void take(SqsFunction.Message message) {
    Optional<JobId> own = Messages.ownSubmission(message.body());
    if (own.isPresent()) {
      Telemetry.about(own.get().value());
      call.resume(own.get());
      return;
    }
    switch (SubmitBody.ofMessage(message.body().getBytes(StandardCharsets.UTF_8))) {
      case SubmitBody.Result.Malformed malformed ->
          throw new BadSubmissionException(malformed.detail());
      case SubmitBody.Result.Bad bad -> throw new BadSubmissionException(words(bad.errors()));
      case SubmitBody.Result.Good good -> submit(good, message);
    }
  }

  private void submit(SubmitBody.Result.Good good, SqsFunction.Message message) {
    // A message that comes twice must not be two jobs: without an id of its own, SQS's serves.
    JobId id = good.id().orElseGet(() -> new JobId(message.id()));
    Telemetry.about(id.value());
    switch (submit.submit(good.owner().orElseThrow(), good.request(), Optional.of(id))) {
      case SubmitJob.Result.Submitted _ -> Telemetry.count("JobSubmitted");
      case SubmitJob.Result.StillRunning _ -> {
        // A repeat of a message whose job is on its way.
      }
      case SubmitJob.Result.Differs _ ->
          throw new BadSubmissionException("the id " + id + " belongs to another job");
      case SubmitJob.Result.Impossible impossible ->
          throw new BadSubmissionException(words(impossible.errors()));
    }
  }

  private static String words(List<FieldError> errors) {
    return errors.stream()
        .map(error -> error.pointer() + " " + error.detail())
        .collect(Collectors.joining("; "));
  }

  /**
   * A submission that can never be a job; its message ends in the dead-letter queue, where it is
   * seen.
   */
  static final class BadSubmissionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadSubmissionException(String why) {
      super("the message is no submission: " + why);
    }
  }
}
