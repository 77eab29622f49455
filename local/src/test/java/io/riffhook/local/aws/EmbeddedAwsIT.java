package io.riffhook.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.local.template.Template;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class EmbeddedAwsIT {
  private static final Path TEMPLATE = Path.of("..", "template.yaml");
  private static final Map<String, AttributeValue> KEY =
      Map.of("PK", AttributeValue.fromS("JOB#1"), "SK", AttributeValue.fromS("JOB"));

  private final Path folder;

  EmbeddedAwsIT(@TempDir Path folder) {
    this.folder = folder;
  }

  private static AwsServices start(Optional<Path> data) throws Exception {
    return AwsServices.start(
        new EmbeddedAws(data), Template.read(TEMPLATE, Map.of()), Optional.empty());
  }

  private static URI endpoint(AwsServices aws, String service) {
    return URI.create(aws.environment().getOrDefault("AWS_ENDPOINT_URL_" + service, ""));
  }

  private static AwsClients clients(AwsServices aws) {
    Map<String, String> environment = aws.environment();
    return new AwsClients(
        aws.region(),
        new Credentials(
            environment.getOrDefault("AWS_ACCESS_KEY_ID", ""),
            environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "")));
  }

  @Test
  void shouldCreateWhatTheTemplateDeclares() throws Exception {
    try (AwsServices aws = start(Optional.empty());
        DynamoDbClient dynamoDb = clients(aws).dynamoDb(endpoint(aws, "DYNAMODB"))) {
      assertThat(dynamoDb.describeTable(table -> table.tableName("riffhook-table")).table())
          .satisfies(
              table ->
                  assertThat(table.globalSecondaryIndexes())
                      .singleElement()
                      .satisfies(index -> assertThat(index.indexName()).isEqualTo("GSI1")));
      Map<QueueAttributeName, String> attributes =
          aws.sqs()
              .getQueueAttributes(
                  request ->
                      request
                          .queueUrl(aws.queue("DownloadQueue").url())
                          .attributeNames(QueueAttributeName.ALL))
              .attributes();
      assertThat(attributes)
          .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "5400")
          .containsEntry(
              QueueAttributeName.QUEUE_ARN,
              "arn:aws:sqs:us-east-1:000000000000:riffhook-download-queue");
      assertThat(attributes.get(QueueAttributeName.REDRIVE_POLICY))
          .contains("riffhook-download-dead-letter-queue", "5");
    }
  }

  @Test
  void shouldListenOnLoopbackOnly() throws Exception {
    try (AwsServices aws = start(Optional.empty())) {
      assertThat(aws.environment().entrySet())
          .filteredOn(variable -> variable.getKey().startsWith("AWS_ENDPOINT_URL"))
          .hasSize(3)
          .allSatisfy(variable -> assertThat(variable.getValue()).startsWith("http://127.0.0.1:"));
    }
  }

  @Test
  void shouldKeepEverythingInAFolderAndProvisionTwice() throws Exception {
    try (AwsServices first = start(Optional.of(folder));
        DynamoDbClient dynamoDb = clients(first).dynamoDb(endpoint(first, "DYNAMODB"));
        S3Client s3 = clients(first).s3(endpoint(first, "S3"))) {
      dynamoDb.putItem(put -> put.tableName("riffhook-table").item(KEY));
      s3.putObject(
          put -> put.bucket("riffhook-bucket").key("a/song.mp3").contentType("audio/mpeg"),
          RequestBody.fromString("la la"));
      first
          .sqs()
          .sendMessage(send -> send.queueUrl(first.queue("CheckQueue").url()).messageBody("later"));
    }

    try (AwsServices second = start(Optional.of(folder));
        DynamoDbClient dynamoDb = clients(second).dynamoDb(endpoint(second, "DYNAMODB"));
        S3Client s3 = clients(second).s3(endpoint(second, "S3"))) {
      assertThat(dynamoDb.getItem(get -> get.tableName("riffhook-table").key(KEY)).item())
          .isEqualTo(KEY);
      assertThat(
              s3.getObjectAsBytes(get -> get.bucket("riffhook-bucket").key("a/song.mp3"))
                  .asUtf8String())
          .isEqualTo("la la");
      SqsClient sqs = second.sqs();
      assertThat(
              sqs.receiveMessage(
                      receive ->
                          receive.queueUrl(second.queue("CheckQueue").url()).waitTimeSeconds(5))
                  .messages())
          .singleElement()
          .satisfies(message -> assertThat(message.body()).isEqualTo("later"));
    }
  }

  @Test
  void shouldRefuseWhatAwsRefuses() throws Exception {
    try (AwsServices aws = start(Optional.empty());
        DynamoDbClient dynamoDb = clients(aws).dynamoDb(endpoint(aws, "DYNAMODB"));
        S3Client s3 = clients(aws).s3(endpoint(aws, "S3"));
        S3Client forger =
            new AwsClients(aws.region(), Credentials.generate()).s3(endpoint(aws, "S3"))) {
      dynamoDb.putItem(put -> put.tableName("riffhook-table").item(KEY));
      s3.putObject(put -> put.bucket("riffhook-bucket").key("once"), RequestBody.fromString("1"));

      assertThatThrownBy(
              () ->
                  dynamoDb.putItem(
                      put ->
                          put.tableName("riffhook-table")
                              .item(KEY)
                              .conditionExpression("attribute_not_exists(PK)")))
          .isInstanceOf(ConditionalCheckFailedException.class);
      assertThatThrownBy(
              () ->
                  s3.putObject(
                      put -> put.bucket("riffhook-bucket").key("once").ifNoneMatch("*"),
                      RequestBody.fromString("2")))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
      assertThatThrownBy(
              () -> forger.getObjectAsBytes(get -> get.bucket("riffhook-bucket").key("once")))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  @Test
  void shouldShortenVisibilityOnRequest() throws Exception {
    try (AwsServices aws =
        AwsServices.start(
            new EmbeddedAws(Optional.empty()),
            Template.read(TEMPLATE, Map.of()),
            Optional.of(Duration.ofSeconds(1)))) {
      assertThat(aws.queue("DownloadQueue").visibilityTimeout()).isEqualTo(Duration.ofSeconds(1));
    }
  }
}
