package io.riffhook.aws;

import io.riffhook.domain.Queues;
import io.riffhook.domain.Settings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Whether the table, the bucket and the queues answer. */
public final class AwsHealth {
  private static final Logger LOG = LoggerFactory.getLogger(AwsHealth.class);

  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;
  private final S3Client s3;
  private final Settings settings;

  public AwsHealth(DynamoDbClient dynamoDb, SqsClient sqs, S3Client s3, Settings settings) {
    this.dynamoDb = dynamoDb;
    this.sqs = sqs;
    this.s3 = s3;
    this.settings = settings;
  }

  /** Asks each part once; whether it answered, by its name. */
  public Map<String, Boolean> probe() {
    Map<String, Boolean> parts = new LinkedHashMap<>();
    parts.put("table", answers("table", this::readNothing));
    parts.put("bucket", answers("bucket", this::headBucket));
    for (Queues.Name queue : Queues.Name.values()) {
      String name = queue.name().toLowerCase(Locale.ROOT) + "-queue";
      parts.put(name, answers(name, () -> depth(queue)));
    }
    return parts;
  }

  private static boolean answers(String part, Runnable call) {
    try {
      call.run();
      return true;
    } catch (SdkException e) {
      LOG.error("{} does not answer", part, e);
      return false;
    }
  }

  private void readNothing() {
    AttributeValue none = AttributeValue.fromS("HEALTH");
    dynamoDb.getItem(
        get ->
            get.tableName(settings.require("RIFFHOOK_TABLE")).key(Map.of("PK", none, "SK", none)));
  }

  private void headBucket() {
    s3.headBucket(head -> head.bucket(settings.require("RIFFHOOK_BUCKET")));
  }

  private void depth(Queues.Name queue) {
    sqs.getQueueAttributes(
        get ->
            get.queueUrl(settings.require(queue.setting()))
                .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
  }
}
