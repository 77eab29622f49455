package io.riffhook.aws;

import io.riffhook.domain.BatchId;
import io.riffhook.domain.Delivery;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Status;
import io.riffhook.domain.UnfinishedWork;
import io.riffhook.domain.UploadId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Finds unfinished work by a scan of the DynamoDB table. DynamoDB filters the items, so finished
 * ones cost their reading and are not transferred. A part is what one call reads: 1 MB at most.
 */
public final class DynamoDbUnfinishedWork implements UnfinishedWork {
  private static final String SEPARATOR = "\n";
  private static final String JOB = "JOB#";
  private static final String BATCH = "BATCH#";
  private static final String UPLOAD = "UPLOAD#";
  private static final List<String> NAMES =
      List.of(
          ItemKey.PARTITION,
          ItemKey.SORT,
          JobItem.STATUS,
          JobItem.CHECKS,
          JobItem.EVENTS,
          JobItem.TOLD,
          DynamoDbDeliveryStore.NOTIFICATION,
          DynamoDbDeliveryStore.ENDPOINT,
          DynamoDbDeliveryStore.STATE,
          DynamoDbDeliveryStore.ATTEMPTS,
          DynamoDbDeliveryStore.NEXT_AT);

  private static final List<String> ENDED =
      Arrays.stream(Status.values()).filter(Status::isTerminal).map(Status::name).toList();

  private static final String FILTER =
      "(#SK = :job AND (NOT #status IN (%s) OR size(#events) > #told))"
              .formatted(ENDED.stream().map(name -> ":" + name).collect(Collectors.joining(", ")))
          + " OR (#SK = :batch AND #told = :false)"
          + " OR (#SK = :upload AND #status = :pending)"
          + " OR (begins_with(#SK, :delivery) AND #state = :pending)";

  private final DynamoDbClient client;
  private final String table;
  private final OptionalInt limit;

  public DynamoDbUnfinishedWork(DynamoDbClient client, String table) {
    this(client, table, OptionalInt.empty());
  }

  /**
   * Reads smaller parts.
   *
   * @param limit how many items one part is made of at most
   */
  DynamoDbUnfinishedWork(DynamoDbClient client, String table, OptionalInt limit) {
    this.client = client;
    this.table = table;
    this.limit = limit;
  }

  @Override
  public Part read(Optional<String> cursor) {
    ScanRequest.Builder scan =
        ScanRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .filterExpression(FILTER)
            .projectionExpression(
                NAMES.stream().map(name -> "#" + name).collect(Collectors.joining(", ")))
            .expressionAttributeNames(
                NAMES.stream().collect(Collectors.toMap(name -> "#" + name, name -> name)))
            .expressionAttributeValues(values())
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
    limit.ifPresent(scan::limit);
    cursor.ifPresent(key -> scan.exclusiveStartKey(start(key)));
    ScanResponse response = client.scan(scan.build());
    return new Part(
        response.items().stream().map(item -> found(new Item(item))).toList(),
        response.scannedCount(),
        response.consumedCapacity() == null ? 0 : response.consumedCapacity().capacityUnits(),
        response.lastEvaluatedKey().isEmpty()
            ? Optional.empty()
            : Optional.of(cursor(new Item(response.lastEvaluatedKey()))));
  }

  private static Map<String, AttributeValue> values() {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":job", Item.value("JOB"));
    values.put(":batch", Item.value("BATCH"));
    values.put(":upload", Item.value("UPLOAD"));
    values.put(":delivery", Item.value(ItemKey.DELIVERY));
    values.put(":pending", Item.value(Delivery.State.PENDING.value()));
    values.put(":false", Item.value(false));
    ENDED.forEach(name -> values.put(":" + name, Item.value(name)));
    return values;
  }

  private static String cursor(Item key) {
    return key.text(ItemKey.PARTITION) + SEPARATOR + key.text(ItemKey.SORT);
  }

  private static Map<String, AttributeValue> start(String cursor) {
    int end = cursor.indexOf(SEPARATOR);
    return new ItemKey(cursor.substring(0, end), cursor.substring(end + 1)).attributes();
  }

  private static Found found(Item item) {
    String partition = item.text(ItemKey.PARTITION);
    if (partition.startsWith(JOB)) {
      return new Found.OfJob(
          new JobId(partition.substring(JOB.length())),
          item.integer(JobItem.CHECKS),
          item.items(JobItem.EVENTS).size() > item.integer(JobItem.TOLD));
    }
    if (partition.startsWith(BATCH)) {
      return new Found.OfBatch(
          new BatchId(partition.substring(BATCH.length())), item.integer(JobItem.CHECKS));
    }
    if (partition.startsWith(UPLOAD)) {
      return new Found.OfUpload(new UploadId(partition.substring(UPLOAD.length())));
    }
    return DynamoDbDeliveryStore.unfinished(item);
  }
}
