package io.riffhook.submit;

import io.riffhook.domain.Settings;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * Sends them to the dead-letter queue of submissions, where an alarm goes off. SQS would do so by
 * itself after five tries, but without the reason.
 *
 * <p>A message that was near SQS's limit may not have room for the reason. Then this fails, and
 * after five tries the message gets there without one.
 */
final class SubmissionDeadLetters implements RejectedSubmissions {
  static final String SETTING = "RIFFHOOK_SUBMISSION_DEAD_LETTER_QUEUE";
  static final int LONGEST_REASON = 1_000;

  private final SqsClient sqs;
  private final Settings settings;

  SubmissionDeadLetters(SqsClient sqs, Settings settings) {
    this.sqs = sqs;
    this.settings = settings;
  }

  @Override
  public void reject(Rejected submission) {
    String url = settings.require(SETTING);
    sqs.sendMessage(
        send ->
            send.queueUrl(url)
                .messageBody(submission.body())
                .messageAttributes(
                    Map.of(
                        "reason", text(words(submission.reason())),
                        "messageId", text(submission.messageId()))));
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  /** The reason may quote the message, which as JSON can name characters that SQS refuses. */
  private static String words(String reason) {
    StringBuilder words = new StringBuilder();
    reason
        .codePoints()
        .map(each -> isTaken(each) ? each : '?')
        .limit(LONGEST_REASON)
        .forEach(words::appendCodePoint);
    return words.toString();
  }

  private static boolean isTaken(int character) {
    return character == '\t'
        || character == '\n'
        || character == '\r'
        || (character >= 0x20 && character <= 0xd7ff)
        || (character >= 0xe000 && character <= 0xfffd)
        || character >= 0x10000;
  }
}
