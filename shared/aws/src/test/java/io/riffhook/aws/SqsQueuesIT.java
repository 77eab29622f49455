package io.riffhook.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.JobId;
import io.riffhook.domain.Queues;
import io.riffhook.domain.QueuesContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

final class SqsQueuesIT extends QueuesContract {
  private final TestAws aws = TestAws.get();
  private final Map<String, String> urls = new HashMap<>();
  private final SqsQueues queues = new SqsQueues(aws.sqs(), this::url);

  @Override
  protected Queues queues() {
    return queues;
  }

  @Test
  void shouldSendASubmissionThatWaits() {
    JobId job = new JobId(UUID.randomUUID().toString());
    Instant since = Instant.ofEpochSecond(1_795_227_914);
    queues.waiting("{\"prompt\":\"x\"}", job, since, Duration.ZERO);
    String url = url(Queues.Name.SUBMISSION.setting()).orElseThrow();
    Message message =
        aws.sqs()
            .receiveMessage(receive -> receive.queueUrl(url).waitTimeSeconds(10))
            .messages()
            .getFirst();
    assertThat(Messages.waiting(message.body()))
        .contains(new Messages.Waiting("{\"prompt\":\"x\",\"id\":\"" + job + "\"}", since));
  }

  /** Each test has queues of its own: one leaves messages whose time comes long after it. */
  private Optional<String> url(String setting) {
    return Optional.of(
        urls.computeIfAbsent(
            setting,
            _ ->
                aws.sqs()
                    .createQueue(create -> create.queueName("q-" + UUID.randomUUID()))
                    .queueUrl()));
  }

  @AfterEach
  void deleteQueues() {
    urls.values().forEach(url -> aws.sqs().deleteQueue(delete -> delete.queueUrl(url)));
  }

  @Override
  protected List<Taken> take(Queues.Name queue, int count) {
    String url = url(queue.setting()).orElseThrow();
    List<Message> taken = new ArrayList<>();
    // Each read waits for a message; as many empty ones in a row as messages are wanted is the end.
    for (int reads = 0; taken.size() < count && reads < 2 * count + 5; reads++) {
      List<Message> messages =
          aws.sqs()
              .receiveMessage(
                  receive ->
                      receive
                          .queueUrl(url)
                          .maxNumberOfMessages(10)
                          .waitTimeSeconds(2)
                          .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
              .messages();
      for (Message message : messages) {
        taken.add(message);
        aws.sqs()
            .deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
    }
    assertThat(taken).hasSize(count);
    return taken.stream().map(message -> new Taken(told(queue, message), held(message))).toList();
  }

  private static Told told(Queues.Name queue, Message message) {
    try {
      return switch (queue) {
        case SUBMISSION ->
            Messages.order(message.body())
                .<Told>map(ToOrder::new)
                .orElseGet(
                    () -> new ToSubmit(Messages.ownSubmission(message.body()).orElseThrow()));
        case CHECK -> {
          Messages.Check check = Messages.check(message.body());
          yield new ToCheck(check.job(), check.number());
        }
        case DOWNLOAD -> new ToDownload(Messages.download(message.body()));
        case NOTIFICATION -> new ToTell(Messages.notification(message.body()));
        case EVENT -> new ToPublish(message.body());
        case BATCH -> new ToBatch(Messages.batch(message.body()));
      };
    } catch (MalformedMessageException e) {
      throw new AssertionError(e);
    }
  }

  /** By the clock of the server, which is the one that holds messages back. */
  private static Duration held(Message message) {
    return Duration.ofMillis(
        at(message, MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP)
            - at(message, MessageSystemAttributeName.SENT_TIMESTAMP));
  }

  private static long at(Message message, MessageSystemAttributeName name) {
    return Long.parseLong(Optional.ofNullable(message.attributes().get(name)).orElseThrow());
  }
}
