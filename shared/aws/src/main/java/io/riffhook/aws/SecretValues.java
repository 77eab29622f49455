package io.riffhook.aws;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.time.Duration;
import java.time.InstantSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.lambda.powertools.parameters.secrets.SecretsProvider;

/** Values in Secrets Manager. For use by one thread at a time, as Powertools' providers are. */
final class SecretValues implements EnvironmentSettings.Values {
  private final SecretsManagerClient client;
  private final InstantSource clock;
  private SecretsProvider provider;

  SecretValues(SecretsManagerClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.provider = fresh(client, clock);
  }

  private static SecretsProvider fresh(SecretsManagerClient client, InstantSource clock) {
    return SecretsProvider.builder()
        .withClient(client)
        .withCacheManager(new AgedCache(clock))
        .build();
  }

  @Override
  public String value(String name, Duration maxAge) {
    return provider.withMaxAge(Math.toIntExact(maxAge.toSeconds()), SECONDS).get(name);
  }

  @Override
  public void forget() {
    provider = fresh(client, clock);
  }
}
