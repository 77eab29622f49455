package io.riffhook.processes;

import io.riffhook.aws.AwsClients;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Status;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Every status that every job has had, in order, from the table's own stream: nothing that is
 * written is missed, as it would be by looking.
 */
final class StatusJournal implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final DynamoDbStreamsClient streams;
  private final String stream;
  private final Consumer<JobId> onEnd;
  private final Map<String, String> iterators = new LinkedHashMap<>();
  private final Set<String> shards = new HashSet<>();
  private final Map<JobId, Status> latest = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("journal").unstarted(this::read);
  private long changes;

  private StatusJournal(DynamoDbStreamsClient streams, String stream, Consumer<JobId> onEnd) {
    this.streams = streams;
    this.stream = stream;
    this.onEnd = onEnd;
  }

  /**
   * Switches the stream of a table on, and reads it.
   *
   * @param environment where DynamoDB is, and which table
   * @param onEnd told of each job that ends
   */
  static StatusJournal start(Map<String, String> environment, Consumer<JobId> onEnd) {
    String name = environment.getOrDefault("RIFFHOOK_TABLE", "");
    try (DynamoDbClient client = new AwsClients(environment).dynamoDb()) {
      String stream =
          client
              .updateTable(
                  table ->
                      table
                          .tableName(name)
                          .streamSpecification(
                              s ->
                                  s.streamEnabled(true)
                                      .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)))
              .tableDescription()
              .latestStreamArn();
      StatusJournal journal = new StatusJournal(client(environment), stream, onEnd);
      journal.thread.start();
      return journal;
    }
  }

  private static DynamoDbStreamsClient client(Map<String, String> environment) {
    return DynamoDbStreamsClient.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .endpointOverride(URI.create(environment.getOrDefault("AWS_ENDPOINT_URL_DYNAMODB", "")))
        .region(Region.of(environment.getOrDefault("AWS_REGION", "")))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    environment.getOrDefault("AWS_ACCESS_KEY_ID", ""),
                    environment.getOrDefault("AWS_SECRET_ACCESS_KEY", ""))))
        .build();
  }

  private void read() {
    try {
      do {
        readAll();
      } while (!stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
      readAll(); // what was written since
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readAll() {
    for (Shard shard :
        streams.describeStream(s -> s.streamArn(stream)).streamDescription().shards()) {
      if (shards.add(shard.shardId())) {
        iterators.put(
            shard.shardId(),
            streams
                .getShardIterator(
                    i ->
                        i.streamArn(stream)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator());
      }
    }
    for (String shard : List.copyOf(iterators.keySet())) {
      boolean more = true;
      while (more) {
        String iterator = iterators.getOrDefault(shard, "");
        GetRecordsResponse page = streams.getRecords(r -> r.shardIterator(iterator));
        page.records().stream().map(Record::dynamodb).forEach(this::take);
        if (page.nextShardIterator() == null) {
          iterators.remove(shard);
        } else {
          iterators.put(shard, page.nextShardIterator());
        }
        more = page.hasRecords() && !page.records().isEmpty() && page.nextShardIterator() != null;
      }
    }
  }

  private void take(StreamRecord change) {
    if (!text(change.keys(), "SK").equals(Optional.of("JOB"))) {
      return;
    }
    JobId job = new JobId(text(change.keys(), "PK").orElseThrow().substring("JOB#".length()));
    Optional<Status> before = text(change.oldImage(), "status").map(Status::valueOf);
    Optional<Status> after = text(change.newImage(), "status").map(Status::valueOf);
    take(job, before, after);
  }

  private void take(JobId job, Optional<Status> before, Optional<Status> after) {
    boolean ended = false;
    synchronized (latest) {
      changes++;
      if (!Optional.ofNullable(latest.get(job)).equals(before)) {
        violations.add(
            "%s: the journal has %s and the table had %s".formatted(job, latest.get(job), before));
      }
      if (after.isEmpty()) {
        violations.add(job + " was deleted");
      } else {
        if (before.isPresent() && isBack(before.get(), after.get())) {
          violations.add("%s went from %s to %s".formatted(job, before.get(), after.get()));
        }
        latest.put(job, after.get());
        ended = after.get().isTerminal() && !before.equals(after);
      }
    }
    if (ended) {
      onEnd.accept(job);
    }
  }

  /** Whether a job that nobody ran again went back, or left a state that is the last. */
  static boolean isBack(Status before, Status after) {
    return after != before && (before.isTerminal() || after.compareTo(before) < 0);
  }

  private static Optional<String> text(Map<String, AttributeValue> item, String name) {
    return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
  }

  /** Every job's status, as last written. */
  Map<JobId, Status> latest() {
    synchronized (latest) {
      return Map.copyOf(latest);
    }
  }

  /** What must not be. */
  List<String> violations() {
    synchronized (latest) {
      return List.copyOf(violations);
    }
  }

  /** How many writes of jobs were looked at. */
  long changes() {
    synchronized (latest) {
      return changes;
    }
  }

  /** Reads what was written until now, and stops. */
  @Override
  public void close() {
    stopped.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    streams.close();
  }
}
