package io.riffhook.aws;

import io.riffhook.domain.UploadStore;
import io.riffhook.domain.UploadStoreContract;

final class DynamoDbUploadStoreIT extends UploadStoreContract {
  private final TestAws aws = TestAws.get();
  private final UploadStore store = new DynamoDbUploadStore(aws.dynamoDb(), aws.table());

  @Override
  protected UploadStore store() {
    return store;
  }
}
