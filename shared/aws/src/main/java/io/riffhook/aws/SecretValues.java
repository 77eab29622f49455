package io.riffhook.aws;

import static java.time.temporal.ChronoUnit.SECONDS;

import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.lambda.powertools.parameters.secrets.SecretsProvider;

/** Values in Secrets Manager. For use by one thread at a time, as Powertools' providers are. */
final class SecretValues implements EnvironmentSettings.Values {
  /** How long a value is used before it is read again. */
  static final int MAX_AGE_SECONDS = 300;

  private final SecretsProvider provider;

  SecretValues(SecretsManagerClient client) {
    provider = SecretsProvider.builder().withClient(client).build();
  }

  @Override
  public String value(String name) {
    return provider.withMaxAge(MAX_AGE_SECONDS, SECONDS).get(name);
  }
}
