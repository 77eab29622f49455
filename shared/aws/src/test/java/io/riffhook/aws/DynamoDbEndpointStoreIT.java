package io.riffhook.aws;

import io.riffhook.domain.EndpointStore;
import io.riffhook.domain.EndpointStoreContract;

final class DynamoDbEndpointStoreIT extends EndpointStoreContract {
  private final TestAws aws = TestAws.get();
  private final EndpointStore store = new DynamoDbEndpointStore(aws.dynamoDb(), aws.table());

  @Override
  protected EndpointStore store() {
    return store;
  }
}
