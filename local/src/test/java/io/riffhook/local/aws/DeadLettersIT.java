package io.riffhook.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksRequest;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResponse;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskRequest;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskResponse;

/** Dead letters of a real queue come back; and what a server can do to prevent it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLettersIT {
  private static final int RECEIVES = 2;

  private final EmbeddedAws aws = new EmbeddedAws(Optional.empty());
  private final SqsClient sqs;
  private final List<Long> progress = new ArrayList<>();
  private int queues;
  private String queue = "";

  DeadLettersIT() throws Exception {
    sqs = aws.sqs();
  }

  /** A queue of its own for each test, with its dead-letter queue. */
  @BeforeEach
  void makeQueue() {
    queues++;
    progress.clear();
    String letters = sqs.createQueue(make -> make.queueName("dead-" + queues)).queueUrl();
    String arn =
        sqs.getQueueAttributes(
                get -> get.queueUrl(letters).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
    queue =
        sqs.createQueue(
                make ->
                    make.queueName("work-" + queues)
                        .attributes(
                            Map.of(
                                QueueAttributeName.REDRIVE_POLICY,
                                "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
                                    .formatted(arn, RECEIVES))))
            .queueUrl();
  }

  @AfterAll
  void stop() {
    sqs.close();
    aws.close();
  }

  /** Has messages fail until SQS puts them aside. */
  private void fail(String... bodies) {
    for (String body : bodies) {
      sqs.sendMessage(
          send ->
              send.queueUrl(queue)
                  .messageBody(body)
                  .messageAttributes(
                      Map.of(
                          "kind",
                          MessageAttributeValue.builder()
                              .dataType("String")
                              .stringValue("kept")
                              .build())));
    }
    IntStream.rangeClosed(0, RECEIVES).forEach(_ -> receive(0));
  }

  private List<Message> receive(int hiddenSeconds) {
    return sqs.receiveMessage(
            receive ->
                receive
                    .queueUrl(queue)
                    .maxNumberOfMessages(10)
                    .visibilityTimeout(hiddenSeconds)
                    .messageAttributeNames("All")
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  private DeadLetters.Of letters(DeadLetters deadLetters) {
    return deadLetters.of(queue).orElseThrow();
  }

  private void assertAllAreBack(String... bodies) {
    assertThat(receive(30))
        .allSatisfy(
            message -> {
              assertThat(
                      message
                          .attributes()
                          .get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
                  .as("tried as often again")
                  .isEqualTo("1");
              assertThat(message.messageAttributes()).containsKey("kind");
            })
        .extracting(Message::body)
        .containsExactlyInAnyOrder(bodies);
    assertThat(letters(new DeadLetters(sqs)).waiting()).isZero();
  }

  @Test
  void shouldCountThem() {
    fail("one", "two");

    assertThat(letters(new DeadLetters(sqs)))
        .satisfies(
            found -> {
              assertThat(found.waiting()).isEqualTo(2);
              assertThat(found.name()).isEqualTo("dead-" + queues);
              assertThat(found.arn()).endsWith(":dead-" + queues);
              assertThat(found.queueArn()).endsWith(":work-" + queues);
            });
  }

  @Test
  void shouldFindNoneOfAQueueThatHasNoDeadLetterQueue() {
    String lone = sqs.createQueue(make -> make.queueName("lone")).queueUrl();

    assertThat(new DeadLetters(sqs).of(lone)).isEmpty();
  }

  @Test
  void shouldHaveTheServerMoveThemBack() throws Exception {
    fail("one", "two");
    DeadLetters deadLetters = new DeadLetters(sqs);

    assertThat(deadLetters.move(letters(deadLetters), progress::add)).isEqualTo(2);

    assertThat(progress).last().isEqualTo(2L);
    assertAllAreBack("one", "two");
  }

  @Test
  void shouldMoveThemASecondTime() throws Exception {
    DeadLetters deadLetters = new DeadLetters(sqs);
    fail("one");
    deadLetters.move(letters(deadLetters), progress::add);
    receive(0);
    IntStream.rangeClosed(0, RECEIVES).forEach(_ -> receive(0));

    assertThat(deadLetters.move(letters(deadLetters), progress::add)).isEqualTo(1);
    assertAllAreBack("one");
  }

  @Test
  void shouldSendThemAgainWhereTheServerMovesNothing() throws Exception {
    fail("one", "two");
    DeadLetters deadLetters = new DeadLetters(new Server(sqs));

    assertThat(deadLetters.move(letters(deadLetters), progress::add)).isEqualTo(2);

    assertThat(progress).containsExactly(2L);
    assertAllAreBack("one", "two");
  }

  @Test
  void shouldRewriteWhatIsSentAgain() throws Exception {
    fail("one");
    DeadLetters deadLetters = new DeadLetters(sqs);

    deadLetters.resend(letters(deadLetters), (id, body) -> body + " of " + id, progress::add);

    assertThat(receive(30))
        .singleElement()
        .satisfies(message -> assertThat(message.body()).matches("one of [0-9a-f-]{36}"));
  }

  @Test
  void shouldLeaveOutWhyAMessageWasPutThereAndKnowItByItsFirstId() throws Exception {
    String url = letters(new DeadLetters(sqs)).url();
    sqs.sendMessage(
        send ->
            send.queueUrl(url)
                .messageBody("one")
                .messageAttributes(
                    Map.of(
                        "reason", text("/prompt is required"),
                        "messageId", text("first"),
                        "kind", text("kept"))));
    DeadLetters deadLetters = new DeadLetters(sqs);

    deadLetters.resend(letters(deadLetters), (id, body) -> body + " of " + id, progress::add);

    assertThat(receive(30))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.body()).isEqualTo("one of first");
              assertThat(message.messageAttributes()).containsOnlyKeys("kind");
            });
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  @Test
  void shouldKeepWhatTheQueueDoesNotTake() {
    fail("one");
    DeadLetters deadLetters = new DeadLetters(new Server(sqs).refusingToSend());

    assertThatExceptionOfType(DeadLetters.NotMovedException.class)
        .isThrownBy(() -> deadLetters.move(letters(deadLetters), progress::add))
        .withMessage("SQS did not take 1 messages back; 0 were moved");
    assertThat(receive(0)).isEmpty();
    assertThat(kept()).isEqualTo("1");
  }

  @Test
  void shouldSayThatMessagesAreInBothQueues() {
    fail("one");
    DeadLetters deadLetters = new DeadLetters(new Server(sqs).refusingToDelete());

    assertThatExceptionOfType(DeadLetters.NotMovedException.class)
        .isThrownBy(() -> deadLetters.move(letters(deadLetters), progress::add))
        .withMessage("1 messages were sent again and are still in the dead-letter queue, too");
    assertThat(receive(0)).hasSize(1);
    assertThat(kept()).isEqualTo("1");
  }

  /** Messages of the dead-letter queue, hidden by their receive as they may be. */
  private String kept() {
    return sqs.getQueueAttributes(
            get ->
                get.queueUrl(letters(new DeadLetters(sqs)).url())
                    .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .attributes()
        .getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "");
  }

  @Test
  void shouldSayWhyTheServerEndedTheMove() {
    fail("one");
    DeadLetters deadLetters = new DeadLetters(new Server(sqs).telling("FAILED", "KmsAccessDenied"));

    assertThatExceptionOfType(DeadLetters.NotMovedException.class)
        .isThrownBy(() -> deadLetters.move(letters(deadLetters), progress::add))
        .withMessage("SQS ended the move as FAILED after 3 messages: KmsAccessDenied");
  }

  @Test
  void shouldSayThatTheServerTellsNothing() {
    fail("one");
    DeadLetters deadLetters = new DeadLetters(new Server(sqs).tellingNothing());

    assertThatExceptionOfType(DeadLetters.NotMovedException.class)
        .isThrownBy(() -> deadLetters.move(letters(deadLetters), progress::add))
        .withMessage("SQS tells nothing of the move");
  }

  @Test
  void shouldWaitForAMoveThatIsUnderWay() throws Exception {
    Server server = new Server(sqs).telling("RUNNING", "").telling("RUNNING", "");
    DeadLetters deadLetters = new DeadLetters(server.telling("COMPLETED", ""));

    assertThat(deadLetters.move(letters(deadLetters), progress::add)).isEqualTo(3);
    assertThat(server.started).isZero();
  }

  /** SQS as some servers are: without move tasks, or with tasks of the test's own choice. */
  private static final class Server implements SqsClient {
    private final SqsClient real;
    private final List<Optional<ListMessageMoveTasksResultEntry>> told = new ArrayList<>();
    private boolean sends = true;
    private boolean deletes = true;
    private int started;

    private Server(SqsClient real) {
      this.real = real;
    }

    private Server refusingToSend() {
      sends = false;
      return this;
    }

    private Server refusingToDelete() {
      deletes = false;
      return this;
    }

    private Server telling(String status, String reason) {
      told.add(
          Optional.of(
              ListMessageMoveTasksResultEntry.builder()
                  .status(status)
                  .failureReason(reason)
                  .approximateNumberOfMessagesMoved(3L)
                  .build()));
      return this;
    }

    private Server tellingNothing() {
      told.add(Optional.empty());
      return this;
    }

    @Override
    public ListMessageMoveTasksResponse listMessageMoveTasks(ListMessageMoveTasksRequest list) {
      if (told.isEmpty()) {
        throw SqsException.builder().statusCode(400).message("InvalidAction").build();
      }
      Optional<ListMessageMoveTasksResultEntry> next =
          told.size() > 1 ? told.removeFirst() : told.getFirst();
      return ListMessageMoveTasksResponse.builder().results(next.stream().toList()).build();
    }

    @Override
    public StartMessageMoveTaskResponse startMessageMoveTask(StartMessageMoveTaskRequest start) {
      started++;
      return StartMessageMoveTaskResponse.builder().build();
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest send) {
      return sends
          ? real.sendMessageBatch(send)
          : SendMessageBatchResponse.builder()
              .successful(List.<SendMessageBatchResultEntry>of())
              .failed(BatchResultErrorEntry.builder().code("ServiceUnavailable").build())
              .build();
    }

    @Override
    public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest delete) {
      return deletes
          ? real.deleteMessageBatch(delete)
          : DeleteMessageBatchResponse.builder()
              .failed(BatchResultErrorEntry.builder().code("ServiceUnavailable").build())
              .build();
    }

    @Override
    public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest receive) {
      return real.receiveMessage(receive);
    }

    @Override
    public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest get) {
      return real.getQueueAttributes(get);
    }

    @Override
    public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest get) {
      return real.getQueueUrl(get);
    }

    @Override
    public String serviceName() {
      return real.serviceName();
    }

    @Override
    public void close() {}
  }
}
