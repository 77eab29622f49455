package io.riffhook.local.aws;

import io.riffhook.local.template.Cors;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.sqs.SqsClient;

/** An AWS that runs elsewhere, at one address for all services. */
public record AwsElsewhere(URI endpoint, String region, Credentials credentials) implements Aws {

  private AwsClients clients() {
    return new AwsClients(region, credentials);
  }

  @Override
  public DynamoDbClient dynamoDb() {
    return clients().dynamoDb(endpoint);
  }

  @Override
  public SqsClient sqs() {
    return clients().sqs(endpoint);
  }

  @Override
  public S3Client s3() {
    return clients().s3(endpoint);
  }

  @Override
  public void allow(Cors cors, String bucket, S3Client s3) {
    CORSRule rule =
        CORSRule.builder()
            .allowedOrigins(cors.origins())
            .allowedMethods(cors.methods())
            .allowedHeaders(cors.headers())
            .exposeHeaders(cors.exposed())
            .maxAgeSeconds(Math.toIntExact(cors.maxAge().toSeconds()))
            .build();
    s3.putBucketCors(
        put ->
            put.bucket(bucket).corsConfiguration(configuration -> configuration.corsRules(rule)));
  }

  @Override
  public Duration longPoll() {
    // Short, for a receive that is cut off when we stop may take its message with it into hiding.
    return Duration.ofSeconds(2);
  }

  @Override
  public Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL",
        endpoint.toString(),
        "AWS_REGION",
        region,
        "AWS_ACCESS_KEY_ID",
        credentials.accessKeyId(),
        "AWS_SECRET_ACCESS_KEY",
        credentials.secretAccessKey());
  }

  @Override
  public void close() {}
}
