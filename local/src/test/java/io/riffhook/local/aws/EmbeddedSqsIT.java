package io.riffhook.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What the embedded queues keep. */
class EmbeddedSqsIT {
  private static final AwsClients CLIENTS = new AwsClients("us-east-1", Credentials.generate());

  private final Path folder;

  EmbeddedSqsIT(@TempDir Path folder) {
    this.folder = folder;
  }

  private interface Work {
    void with(SqsClient sqs, String queue) throws Exception;
  }

  /** Starts it, with a queue and its dead-letter queue, and stops it again. */
  private static void during(Path data, Work work) throws Exception {
    EmbeddedSqs service = EmbeddedSqs.start(Optional.of(data), "us-east-1");
    try (service;
        SqsClient sqs = CLIENTS.sqs(service.endpoint())) {
      String dead = sqs.createQueue(create -> create.queueName("dead")).queueUrl();
      String arn =
          sqs.getQueueAttributes(
                  get -> get.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
              .attributes()
              .get(QueueAttributeName.QUEUE_ARN);
      String queue =
          sqs.createQueue(
                  create ->
                      create
                          .queueName("queue")
                          .attributes(
                              Map.of(
                                  QueueAttributeName.REDRIVE_POLICY,
                                  "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":1}"
                                      .formatted(arn))))
              .queueUrl();
      work.with(sqs, queue);
    }
  }

  private static List<Message> receive(SqsClient sqs, String queue) {
    return sqs.receiveMessage(
            receive ->
                receive
                    .queueUrl(queue)
                    .maxNumberOfMessages(10)
                    .visibilityTimeout(0)
                    .waitTimeSeconds(3)
                    .messageAttributeNames("All"))
        .messages();
  }

  /** A process that is killed closes nothing: what counts is the file as it is after the call. */
  private Path killed() throws Exception {
    Path copy = Files.createDirectories(folder.resolve("after"));
    Files.copy(folder.resolve("messages.jsonl"), copy.resolve("messages.jsonl"));
    return copy;
  }

  @Test
  void shouldKeepWhatItAnsweredForWithItsIdAndAttributes() throws Exception {
    String body = "{\"prompt\": \"雨の\\nlo-fi\"}";
    MessageAttributeValue text =
        MessageAttributeValue.builder().dataType("String.reason").stringValue("no “such”").build();
    MessageAttributeValue number =
        MessageAttributeValue.builder().dataType("Number").stringValue("7").build();
    Set<String> ids = new HashSet<>();
    during(
        folder,
        (sqs, queue) -> {
          ids.add(
              sqs.sendMessage(
                      send ->
                          send.queueUrl(queue)
                              .messageBody(body)
                              .messageAttributes(Map.of("reason", text, "n", number)))
                  .messageId());
          killed();
        });

    during(
        folder.resolve("after"),
        (sqs, queue) ->
            assertThat(receive(sqs, queue))
                .singleElement()
                .satisfies(
                    message -> {
                      assertThat(ids).containsExactly(message.messageId());
                      assertThat(message.body()).isEqualTo(body);
                      assertThat(message.messageAttributes())
                          .isEqualTo(Map.of("reason", text, "n", number));
                    }));
  }

  @Test
  void shouldForgetWhatWasDeletedAndKeepADelay() throws Exception {
    Instant sent = Instant.now();
    during(
        folder,
        (sqs, queue) -> {
          sqs.sendMessage(send -> send.queueUrl(queue).messageBody("done"));
          Message done = receive(sqs, queue).getFirst();
          sqs.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(done.receiptHandle()));
          sqs.sendMessage(send -> send.queueUrl(queue).messageBody("later").delaySeconds(4));
          killed();
        });

    during(
        folder.resolve("after"),
        (sqs, queue) -> {
          Optional<Message> next = Optional.empty();
          while (next.isEmpty()) {
            next = receive(sqs, queue).stream().findFirst();
          }
          assertThat(next.get().body()).isEqualTo("later");
          assertThat(Duration.between(sent, Instant.now())).isGreaterThan(Duration.ofSeconds(4));
        });
  }

  @Test
  void shouldKeepDeadLetters() throws Exception {
    during(
        folder,
        (sqs, queue) -> {
          sqs.sendMessage(send -> send.queueUrl(queue).messageBody("poison"));
          assertThat(receive(sqs, queue)).hasSize(1);
          assertThat(receive(sqs, queue)).isEmpty();
          killed();
        });

    during(
        folder.resolve("after"),
        (sqs, queue) -> {
          assertThat(receive(sqs, queue.replace("/queue", "/dead")))
              .extracting(Message::body)
              .containsExactly("poison");
        });
  }

  @Test
  void shouldStartWithAFileThatEndsInTheMiddleOfALine() throws Exception {
    during(
        folder, (sqs, queue) -> sqs.sendMessage(send -> send.queueUrl(queue).messageBody("whole")));
    Files.writeString(
        folder.resolve("messages.jsonl"),
        "{\"queue\":\"queue\",\"id\":\"torn\",\"bo",
        StandardOpenOption.APPEND);

    during(
        folder,
        (sqs, queue) ->
            assertThat(receive(sqs, queue)).extracting(Message::body).containsExactly("whole"));
  }
}
