package io.riffhook.aws;

import io.riffhook.domain.BatchStore;
import io.riffhook.domain.DeliveryStore;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.UnfinishedWork;
import io.riffhook.domain.UnfinishedWorkContract;
import io.riffhook.domain.UploadStore;
import java.util.OptionalInt;

final class DynamoDbUnfinishedWorkIT extends UnfinishedWorkContract {
  private final TestAws aws = TestAws.get();
  private final UnfinishedWork work =
      new DynamoDbUnfinishedWork(aws.dynamoDb(), aws.table(), OptionalInt.of(5));

  @Override
  protected UnfinishedWork work() {
    return work;
  }

  @Override
  protected JobStore jobs() {
    return new DynamoDbJobStore(aws.dynamoDb(), aws.table());
  }

  @Override
  protected BatchStore batches() {
    return new DynamoDbBatchStore(aws.dynamoDb(), aws.table());
  }

  @Override
  protected UploadStore uploads() {
    return new DynamoDbUploadStore(aws.dynamoDb(), aws.table());
  }

  @Override
  protected DeliveryStore deliveries() {
    return new DynamoDbDeliveryStore(aws.dynamoDb(), aws.table());
  }
}
