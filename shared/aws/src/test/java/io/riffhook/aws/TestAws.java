package io.riffhook.aws;

import io.riffhook.domain.Queues;
import io.riffhook.domain.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The AWS that the tests run against: what AWS_ENDPOINT_URL names, or else servers inside this JVM.
 * It is made once, with a table, a bucket and queues of its own.
 */
record TestAws(
    DynamoDbClient dynamoDb,
    SqsClient sqs,
    S3Client s3,
    S3Presigner presigner,
    String table,
    String bucket,
    Settings settings,
    Map<String, String> environment) {

  static TestAws get() {
    return Holder.AWS;
  }

  private static final class Holder {
    private static final TestAws AWS = start();
  }

  private static TestAws start() {
    Map<String, String> environment = whereToTest();
    AwsClients clients = new AwsClients(environment);
    S3Clients s3Clients = new S3Clients(environment);
    String name = "riffhook-" + UUID.randomUUID();
    DynamoDbClient dynamoDb = clients.dynamoDb();
    createTable(dynamoDb, name);
    S3Client s3 = s3Clients.client();
    s3.createBucket(create -> create.bucket(name));
    SqsClient sqs = clients.sqs();
    Map<String, String> settings = new HashMap<>();
    for (Queues.Name queue : Queues.Name.values()) {
      String queueName = queue.name() + "-" + UUID.randomUUID();
      settings.put(
          queue.setting(), sqs.createQueue(create -> create.queueName(queueName)).queueUrl());
    }
    return new TestAws(
        dynamoDb,
        sqs,
        s3,
        s3Clients.presigner(),
        name,
        name,
        setting -> Optional.ofNullable(settings.get(setting)),
        environment);
  }

  private static Map<String, String> whereToTest() {
    if (System.getenv("AWS_ENDPOINT_URL") != null) {
      Map<String, String> environment = new HashMap<>(System.getenv());
      environment.putIfAbsent("AWS_REGION", "us-east-1");
      environment.putIfAbsent("AWS_ACCESS_KEY_ID", "test");
      environment.putIfAbsent("AWS_SECRET_ACCESS_KEY", "test");
      return environment;
    }
    try {
      return EmbeddedServers.start();
    } catch (Exception e) {
      throw new IllegalStateException("the embedded servers did not start", e);
    }
  }

  private static void createTable(DynamoDbClient client, String table) {
    client.createTable(
        create ->
            create
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    Stream.of("PK", "SK", "GSI1PK", "GSI1SK").map(TestAws::text).toList())
                .keySchema(key("PK", KeyType.HASH), key("SK", KeyType.RANGE))
                .globalSecondaryIndexes(
                    GlobalSecondaryIndex.builder()
                        .indexName("GSI1")
                        .keySchema(key("GSI1PK", KeyType.HASH), key("GSI1SK", KeyType.RANGE))
                        .projection(all -> all.projectionType(ProjectionType.ALL))
                        .build()));
    client.waiter().waitUntilTableExists(describe -> describe.tableName(table));
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
