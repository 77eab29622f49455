package io.riffhook.aws;

import io.riffhook.domain.KeyStore;
import io.riffhook.domain.KeyStoreContract;

final class DynamoDbKeyStoreIT extends KeyStoreContract {
  private final TestAws aws = TestAws.get();
  private final KeyStore store = new DynamoDbKeyStore(aws.dynamoDb(), aws.table());

  @Override
  protected KeyStore store() {
    return store;
  }
}
