package io.riffhook.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.JobId;
import io.riffhook.domain.SongId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** What is done with a batch of which a service takes a part: no embedded server ever does that. */
final class BatchesTest {
  private final List<Integer> pauses = new ArrayList<>();
  private final Backoff backoff = pauses::add;

  @Test
  void shouldSendAgainOnlyWhatSqsDidNotTake() {
    PickySqs sqs = new PickySqs(2);
    new SqsBatches(sqs, backoff).send("queue", bodies(25), 0);
    assertThat(sqs.taken).containsExactlyInAnyOrderElementsOf(bodies(25));
    assertThat(pauses).isNotEmpty();
  }

  @Test
  void shouldGiveUpOnWhatSqsNeverTakes() {
    SqsBatches batches = new SqsBatches(new PickySqs(0), backoff);
    assertThatThrownBy(() -> batches.send("queue", bodies(3), 0))
        .isInstanceOf(IncompleteBatchException.class)
        .hasMessage("SQS did not take 3 messages for queue: [Busy]");
    assertThat(pauses).hasSize(Backoff.ATTEMPTS);
  }

  /** A message that SQS refuses for good is an error to the caller, never left out in silence. */
  @Test
  void shouldFailAtOnceForWhatSqsRefusesForGood() {
    PickySqs sqs = new PickySqs(2, _ -> true);
    SqsBatches batches = new SqsBatches(sqs, backoff);
    assertThatThrownBy(() -> batches.send("queue", bodies(5), 0))
        .isInstanceOf(IncompleteBatchException.class)
        .hasMessage("SQS did not take 3 messages for queue: [InvalidMessageContents]");
    assertThat(sqs.taken).containsExactly("body 0", "body 1");
    assertThat(pauses).as("sending it again is no use").isEmpty();
  }

  @Test
  void shouldFailForAMixOfBothFaults() {
    PickySqs sqs = new PickySqs(2, "body 4"::equals);
    SqsBatches batches = new SqsBatches(sqs, backoff);
    assertThatThrownBy(() -> batches.send("queue", bodies(5), 0))
        .isInstanceOf(IncompleteBatchException.class)
        .hasMessageStartingWith("SQS did not take 3 messages for queue: [")
        .hasMessageContaining("Busy")
        .hasMessageContaining("InvalidMessageContents");
  }

  /** Whatever SQS takes and refuses: either all is sent, or the caller hears that it is not. */
  @Test
  void shouldEitherSendEverythingOrFail() {
    for (int takes = 0; takes <= 10; takes++) {
      for (int bad = -1; bad < 12; bad++) {
        String refused = "body " + bad;
        PickySqs sqs = new PickySqs(takes, refused::equals);
        boolean sent = true;
        try {
          new SqsBatches(sqs, backoff).send("queue", bodies(12), 0);
        } catch (IncompleteBatchException _) {
          sent = false;
        }
        assertThat(sqs.taken.containsAll(bodies(12)))
            .as("takes %d of a batch, refuses number %d", takes, bad)
            .isEqualTo(sent);
      }
    }
  }

  @Test
  void shouldReadAgainOnlyWhatDynamoDbDidNotProcess() {
    List<ItemKey> keys = keys(250);
    PickyDynamoDb dynamoDb = new PickyDynamoDb(40);
    assertThat(new BatchGet(dynamoDb, "table", backoff).items(keys)).containsOnlyKeys(keys);
    assertThat(dynamoDb.sizes).containsExactly(100, 60, 20, 100, 60, 20, 50, 10);
  }

  @Test
  void shouldGiveUpOnWhatDynamoDbNeverProcesses() {
    BatchGet batch = new BatchGet(new PickyDynamoDb(0), "table", backoff);
    assertThatThrownBy(() -> batch.items(keys(7)))
        .isInstanceOf(IncompleteBatchException.class)
        .hasMessage("DynamoDB left 7 keys unread after 6 attempts");
  }

  @Test
  void shouldDelayByWholeSecondsThatSqsAllows() {
    assertThat(SqsQueues.seconds(Duration.ofSeconds(-1))).isZero();
    assertThat(SqsQueues.seconds(Duration.ZERO)).isZero();
    assertThat(SqsQueues.seconds(Duration.ofMillis(1))).isEqualTo(1);
    assertThat(SqsQueues.seconds(Duration.ofMillis(2500))).isEqualTo(3);
    assertThat(SqsQueues.seconds(Duration.ofDays(40000))).isEqualTo(900);
  }

  private static List<String> bodies(int count) {
    return IntStream.range(0, count).mapToObj(i -> "body " + i).toList();
  }

  private static List<ItemKey> keys(int count) {
    JobId job = new JobId("job");
    return IntStream.rangeClosed(1, count).mapToObj(i -> ItemKey.of(new SongId(job, i))).toList();
  }

  /** Takes a few messages of each batch, and blames the sender for some of the others. */
  private static final class PickySqs implements SqsClient {
    private final int takes;
    private final Predicate<String> senderFault;
    private final List<String> taken = new ArrayList<>();

    private PickySqs(int takes) {
      this(takes, _ -> false);
    }

    private PickySqs(int takes, Predicate<String> senderFault) {
      this.takes = takes;
      this.senderFault = senderFault;
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
      List<SendMessageBatchRequestEntry> entries = request.entries();
      int cut = Math.min(takes, entries.size());
      entries.subList(0, cut).forEach(entry -> taken.add(entry.messageBody()));
      return SendMessageBatchResponse.builder()
          .failed(
              entries.subList(cut, entries.size()).stream()
                  .map(
                      entry -> {
                        boolean bad = senderFault.test(entry.messageBody());
                        return BatchResultErrorEntry.builder()
                            .id(entry.id())
                            .code(bad ? "InvalidMessageContents" : "Busy")
                            .senderFault(bad)
                            .build();
                      })
                  .toList())
          .build();
    }

    @Override
    public String serviceName() {
      return "sqs";
    }

    @Override
    public void close() {}
  }

  /** Processes a few keys of each batch. */
  private static final class PickyDynamoDb implements DynamoDbClient {
    private final int takes;
    private final List<Integer> sizes = new ArrayList<>();

    private PickyDynamoDb(int takes) {
      this.takes = takes;
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
      List<Map<String, AttributeValue>> keys =
          request.requestItems().values().iterator().next().keys();
      sizes.add(keys.size());
      int cut = Math.min(takes, keys.size());
      BatchGetItemResponse.Builder response =
          BatchGetItemResponse.builder().responses(Map.of("table", keys.subList(0, cut)));
      if (cut < keys.size()) {
        response.unprocessedKeys(
            Map.of(
                "table", KeysAndAttributes.builder().keys(keys.subList(cut, keys.size())).build()));
      }
      return response.build();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }
}
