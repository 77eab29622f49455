package io.riffhook.aws;

import io.riffhook.domain.BatchStore;
import io.riffhook.domain.BatchStoreContract;

final class DynamoDbBatchStoreIT extends BatchStoreContract {
  private final TestAws aws = TestAws.get();
  private final BatchStore store = new DynamoDbBatchStore(aws.dynamoDb(), aws.table());

  @Override
  protected BatchStore store() {
    return store;
  }
}
