package io.riffhook.aws;

import static java.time.temporal.ChronoUnit.SECONDS;

import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.lambda.powertools.parameters.ssm.SSMProvider;

/**
 * Values in SSM's Parameter Store. For use by one thread at a time, as Powertools' providers are.
 */
final class ParameterValues implements EnvironmentSettings.Values {
  private final SSMProvider provider;

  ParameterValues(SsmClient client) {
    provider = SSMProvider.builder().withClient(client).build();
  }

  @Override
  public String value(String name) {
    return provider.withDecryption().withMaxAge(SecretValues.MAX_AGE_SECONDS, SECONDS).get(name);
  }
}
