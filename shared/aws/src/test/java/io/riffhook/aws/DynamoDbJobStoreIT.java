package io.riffhook.aws;

import io.riffhook.domain.JobStore;
import io.riffhook.domain.JobStoreContract;

final class DynamoDbJobStoreIT extends JobStoreContract {
  private final TestAws aws = TestAws.get();
  private final JobStore store = new DynamoDbJobStore(aws.dynamoDb(), aws.table());

  @Override
  protected JobStore store() {
    return store;
  }
}
