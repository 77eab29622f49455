package io.riffhook.aws;

import io.riffhook.domain.Admissions;
import io.riffhook.domain.AdmissionsContract;

final class DynamoDbAdmissionsIT extends AdmissionsContract {
  private final TestAws aws = TestAws.get();
  private final Admissions admissions = new DynamoDbAdmissions(aws.dynamoDb(), aws.table());

  @Override
  protected Admissions admissions() {
    return admissions;
  }
}
