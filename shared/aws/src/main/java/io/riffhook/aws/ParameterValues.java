package io.riffhook.aws;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.time.Duration;
import java.time.InstantSource;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.lambda.powertools.parameters.ssm.SSMProvider;

/**
 * Values in SSM's Parameter Store. For use by one thread at a time, as Powertools' providers are.
 */
final class ParameterValues implements EnvironmentSettings.Values {
  private final SsmClient client;
  private final InstantSource clock;
  private SSMProvider provider;

  ParameterValues(SsmClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.provider = fresh(client, clock);
  }

  private static SSMProvider fresh(SsmClient client, InstantSource clock) {
    return SSMProvider.builder().withClient(client).withCacheManager(new AgedCache(clock)).build();
  }

  @Override
  public String value(String name, Duration maxAge) {
    return provider
        .withDecryption()
        .withMaxAge(Math.toIntExact(maxAge.toSeconds()), SECONDS)
        .get(name);
  }

  @Override
  public void forget() {
    provider = fresh(client, clock);
  }
}
