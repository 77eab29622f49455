package io.riffhook.aws;

import io.riffhook.domain.SongStore;
import io.riffhook.domain.SongStoreContract;

final class DynamoDbSongStoreIT extends SongStoreContract {
  private final TestAws aws = TestAws.get();
  private final SongStore store = new DynamoDbSongStore(aws.dynamoDb(), aws.table());

  @Override
  protected SongStore store() {
    return store;
  }
}
