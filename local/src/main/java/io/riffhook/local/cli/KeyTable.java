package io.riffhook.local.cli;

import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbKeyStore;
import io.riffhook.domain.ApiKeys;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The API keys of a system, in its table. */
final class KeyTable implements AutoCloseable {
  private final DynamoDbClient client;
  private final ApiKeys keys;

  /** By the variables that lead to a table, and its name. */
  KeyTable(Map<String, String> environment) {
    this.client = new AwsClients(environment).dynamoDb();
    String table = Optional.ofNullable(environment.get("RIFFHOOK_TABLE")).orElseThrow();
    this.keys =
        new ApiKeys(
            new DynamoDbKeyStore(client, table), new SecureRandom(), InstantSource.system());
  }

  ApiKeys keys() {
    return keys;
  }

  @Override
  public void close() {
    client.close();
  }
}
