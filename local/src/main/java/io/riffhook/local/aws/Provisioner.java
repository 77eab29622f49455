package io.riffhook.local.aws;

import io.riffhook.local.template.Bucket;
import io.riffhook.local.template.Table;
import io.riffhook.local.template.Template;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Creates what the template declares, on any AWS. What exists is kept. Results are by the
 * template's names.
 */
public final class Provisioner {
  private final Template template;

  public Provisioner(Template template) {
    this.template = template;
  }

  /** Creates the tables and answers their names. */
  public Map<String, String> tables(DynamoDbClient dynamoDb) {
    TableProvisioner tables = new TableProvisioner(dynamoDb);
    return template.tables().stream().collect(Collectors.toMap(Table::name, tables::create));
  }

  /** Creates the queues with their dead-letter queues. */
  public Map<String, ProvisionedQueue> queues(SqsClient sqs, Optional<Duration> visibility) {
    return new QueueProvisioner(sqs, visibility).create(template.queues());
  }

  /** Creates the buckets and answers their names. */
  public Map<String, String> buckets(S3Client s3) {
    return template.buckets().stream()
        .collect(Collectors.toMap(Bucket::name, bucket -> create(bucket, s3)));
  }

  private static String create(Bucket bucket, S3Client s3) {
    String name = PhysicalNames.of(bucket.name());
    try {
      s3.createBucket(request -> request.bucket(name));
    } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException e) {
      // It exists, which is what was asked for.
    }
    return name;
  }
}
