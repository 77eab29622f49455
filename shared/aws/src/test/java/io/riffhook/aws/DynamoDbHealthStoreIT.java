package io.riffhook.aws;

import io.riffhook.domain.HealthStore;
import io.riffhook.domain.HealthStoreContract;

final class DynamoDbHealthStoreIT extends HealthStoreContract {
  private final TestAws aws = TestAws.get();
  private final HealthStore store = new DynamoDbHealthStore(aws.dynamoDb(), aws.table());

  @Override
  protected HealthStore store() {
    return store;
  }
}
