package io.riffhook.local.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * The dead letters of queues, and their way back. Which dead-letter queue a queue has is what its
 * redrive policy says.
 */
public final class DeadLetters {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final int BATCH = 10;

  /** What submit notes about a message that it puts among the dead letters itself. */
  private static final String MESSAGE_ID = "messageId";

  private static final Set<String> NOTED = Set.of(MESSAGE_ID, "reason");

  /** Long enough that every server of a queue is asked, so that an empty answer means empty. */
  private static final int RECEIVE_SECONDS = 1;

  /** Longer than it takes to send and delete ten messages. */
  private static final int HIDDEN_SECONDS = 60;

  private static final Duration LOOK = Duration.ofMillis(200);

  private final SqsClient sqs;

  public DeadLetters(SqsClient sqs) {
    this.sqs = sqs;
  }

  /**
   * A dead-letter queue and the one queue that its messages come from.
   *
   * @param waiting about how many messages are in it
   */
  public record Of(
      String queueUrl, String queueArn, String name, String url, String arn, int waiting) {}

  /** Is told how many messages have been moved so far. */
  @FunctionalInterface
  public interface Progress {
    void moved(long messages);
  }

  /** Moving did not come to its end. What was moved is moved, what was not is where it was. */
  public static final class NotMovedException extends Exception {
    private static final long serialVersionUID = 1L;

    NotMovedException(String message) {
      super(message);
    }
  }

  /**
   * The dead letters of a queue, or none where it has no dead-letter queue.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException where SQS cannot be asked
   */
  public Optional<Of> of(String queueUrl) {
    Map<QueueAttributeName, String> attributes =
        attributes(queueUrl, QueueAttributeName.REDRIVE_POLICY, QueueAttributeName.QUEUE_ARN);
    return target(attributes.getOrDefault(QueueAttributeName.REDRIVE_POLICY, ""))
        .map(
            arn -> {
              String name = arn.substring(arn.lastIndexOf(':') + 1);
              String url = sqs.getQueueUrl(get -> get.queueName(name)).queueUrl();
              return new Of(
                  queueUrl,
                  attributes.getOrDefault(QueueAttributeName.QUEUE_ARN, ""),
                  name,
                  url,
                  arn,
                  waiting(url));
            });
  }

  private Map<QueueAttributeName, String> attributes(String url, QueueAttributeName... names) {
    return sqs.getQueueAttributes(get -> get.queueUrl(url).attributeNames(names)).attributes();
  }

  private static Optional<String> target(String policy) {
    try {
      return Optional.ofNullable(JSON.readTree(policy).path("deadLetterTargetArn").textValue());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a redrive policy that is no JSON", e);
    }
  }

  private int waiting(String url) {
    return Integer.parseInt(
        attributes(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
            .getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0"));
  }

  /**
   * Has the server move all messages back to their queue, and waits until it has; where it has no
   * such call, they are sent again one by one. A move that is under way already is waited for.
   *
   * @return how many were moved
   */
  public long move(Of letters, Progress progress) throws NotMovedException, InterruptedException {
    Optional<ListMessageMoveTasksResultEntry> running;
    try {
      running = latest(letters).filter(task -> "RUNNING".equals(task.status()));
    } catch (SqsException e) {
      // Servers without the call refuse it in many ways; whoever may not use it may still do this.
      LOG.info("{}: no move tasks: {}", letters.name(), e.getMessage());
      return resend(letters, (_, body) -> body, progress);
    }
    if (running.isEmpty()) {
      sqs.startMessageMoveTask(
          start -> start.sourceArn(letters.arn()).destinationArn(letters.queueArn()));
    }
    while (true) {
      ListMessageMoveTasksResultEntry task =
          latest(letters).orElseThrow(() -> new NotMovedException("SQS tells nothing of the move"));
      long moved = task.approximateNumberOfMessagesMoved();
      progress.moved(moved);
      switch (task.status()) {
        case "RUNNING", "CANCELLING" -> Thread.sleep(LOOK);
        case "COMPLETED" -> {
          return moved;
        }
        default ->
            throw new NotMovedException(
                "SQS ended the move as %s after %d messages: %s"
                    .formatted(
                        task.status(),
                        moved,
                        Optional.ofNullable(task.failureReason()).orElse("it gives no reason")));
      }
    }
  }

  private Optional<ListMessageMoveTasksResultEntry> latest(Of letters) {
    return sqs
        .listMessageMoveTasks(list -> list.sourceArn(letters.arn()).maxResults(1))
        .results()
        .stream()
        .findFirst();
  }

  /** What becomes of a message that is sent again: its id is a new one then. */
  @FunctionalInterface
  public interface Rewrite {
    /**
     * The body to send.
     *
     * @param messageId the id that the message had when it was in its queue first
     */
    String body(String messageId, String body);
  }

  /**
   * Sends each message to its queue again, and then deletes it: what fails in between leaves it in
   * both queues and never in none. Where a function put it there, the reason and the first id that
   * it noted as attributes are left out: should the message fail again, there is another reason.
   *
   * @return how many were moved
   */
  public long resend(Of letters, Rewrite rewrite, Progress progress) throws NotMovedException {
    long moved = 0;
    while (true) {
      List<Message> messages =
          sqs.receiveMessage(
                  receive ->
                      receive
                          .queueUrl(letters.url())
                          .maxNumberOfMessages(BATCH)
                          .waitTimeSeconds(RECEIVE_SECONDS)
                          .visibilityTimeout(HIDDEN_SECONDS)
                          .messageAttributeNames("All"))
              .messages();
      if (messages.isEmpty()) {
        return moved;
      }
      Set<String> sent = send(letters, messages, rewrite);
      delete(letters, messages.stream().filter(each -> sent.contains(each.messageId())).toList());
      moved += sent.size();
      progress.moved(moved);
      if (sent.size() < messages.size()) {
        throw new NotMovedException(
            "SQS did not take %d messages back; %d were moved"
                .formatted(messages.size() - sent.size(), moved));
      }
    }
  }

  private Set<String> send(Of letters, List<Message> messages, Rewrite rewrite) {
    return sqs
        .sendMessageBatch(
            send ->
                send.queueUrl(letters.queueUrl())
                    .entries(
                        messages.stream()
                            .map(
                                each ->
                                    SendMessageBatchRequestEntry.builder()
                                        .id(each.messageId())
                                        .messageBody(rewrite.body(firstId(each), each.body()))
                                        .messageAttributes(without(each.messageAttributes()))
                                        .build())
                            .toList()))
        .successful()
        .stream()
        .map(each -> each.id())
        .collect(Collectors.toSet());
  }

  private static String firstId(Message message) {
    return Optional.ofNullable(message.messageAttributes().get(MESSAGE_ID))
        .map(MessageAttributeValue::stringValue)
        .orElse(message.messageId());
  }

  private static Map<String, MessageAttributeValue> without(
      Map<String, MessageAttributeValue> attributes) {
    Map<String, MessageAttributeValue> kept = new HashMap<>(attributes);
    kept.keySet().removeAll(NOTED);
    return kept;
  }

  private void delete(Of letters, List<Message> messages) throws NotMovedException {
    if (messages.isEmpty()) {
      return;
    }
    int left =
        sqs.deleteMessageBatch(
                delete ->
                    delete
                        .queueUrl(letters.url())
                        .entries(
                            messages.stream()
                                .map(
                                    each ->
                                        DeleteMessageBatchRequestEntry.builder()
                                            .id(each.messageId())
                                            .receiptHandle(each.receiptHandle())
                                            .build())
                                .toList()))
            .failed()
            .size();
    if (left > 0) {
      throw new NotMovedException(
          left + " messages were sent again and are still in the dead-letter queue, too");
    }
  }
}
