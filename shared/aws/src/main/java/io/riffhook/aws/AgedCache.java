package io.riffhook.aws;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.lambda.powertools.parameters.cache.CacheManager;

/** Powertools' cache of values, by a clock of ours. */
final class AgedCache extends CacheManager {
  private final InstantSource clock;

  AgedCache(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public <T> Optional<T> getIfNotExpired(String key, Instant now) {
    return super.getIfNotExpired(key, clock.instant());
  }
}
