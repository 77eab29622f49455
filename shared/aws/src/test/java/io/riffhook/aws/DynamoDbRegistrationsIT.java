package io.riffhook.aws;

import io.riffhook.domain.Registrations;
import io.riffhook.domain.RegistrationsContract;

final class DynamoDbRegistrationsIT extends RegistrationsContract {
  private final TestAws aws = TestAws.get();
  private final Registrations registrations =
      new DynamoDbRegistrations(aws.dynamoDb(), aws.table());

  @Override
  protected Registrations registrations() {
    return registrations;
  }
}
