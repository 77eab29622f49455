package io.riffhook.local.aws;

import io.riffhook.local.template.Cors;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * An AWS to talk to. Each service is asked for once; services may be asked for by several threads.
 */
public sealed interface Aws extends AutoCloseable permits EmbeddedAws, AwsElsewhere {

  /** Answers once the service does. */
  DynamoDbClient dynamoDb() throws Exception;

  SqsClient sqs() throws Exception;

  S3Client s3() throws Exception;

  /** Lets web pages read the objects of a bucket. */
  void allow(Cors cors, String bucket, S3Client s3);

  String region();

  /** How long a receive may wait for a message. */
  Duration longPoll();

  /** The variables by which an AWS SDK finds and opens the services that were asked for. */
  Map<String, String> environment();

  @Override
  void close();
}
