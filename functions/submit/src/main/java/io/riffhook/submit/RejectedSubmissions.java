package io.riffhook.submit;

import io.riffhook.domain.JobId;
import io.riffhook.lambda.SubmissionSender;

/** Where submissions go that came by message and can never be jobs. */
@FunctionalInterface
interface RejectedSubmissions {

  /**
   * Keeps a submission, and tells of it. The message is done with once this returns; where it
   * throws, the message comes again, and with it this call.
   */
  void reject(Rejected submission);

  /**
   * A submission that can never be a job.
   *
   * @param messageId the id of its message
   * @param body the message as it was
   * @param reason what is wrong with it, in words for its sender; it may quote the message
   * @param sender what the message tells of itself
   */
  record Rejected(String messageId, String body, String reason, SubmissionSender sender) {

    /** The id that its job would have had. */
    String submissionId() {
      return sender.id().map(JobId::value).orElse(messageId);
    }
  }
}
