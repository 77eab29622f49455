package io.riffhook.domain;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What an operator does with API keys. */
public final class ApiKeys {
  private final KeyStore keys;
  private final SecureRandom random;
  private final InstantSource clock;

  public ApiKeys(KeyStore keys, SecureRandom random, InstantSource clock) {
    this.keys = keys;
    this.random = random;
    this.clock = clock;
  }

  /**
   * A new key.
   *
   * @param secret the key itself, which can never be had again
   */
  public record Created(ApiKey key, ApiKeySecret secret) {}

  /**
   * Makes a key.
   *
   * @param label what it is for
   * @param life how long it works; without one, until it is revoked
   * @throws IllegalArgumentException if the label breaks its rule, or the life is not positive
   */
  public Created create(Owner owner, Optional<String> label, Optional<Duration> life) {
    if (life.isPresent() && !life.get().isPositive()) {
      throw new IllegalArgumentException("a key's life must be longer than nothing");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    ApiKeySecret secret = ApiKeySecret.generate(random);
    ApiKey key =
        new ApiKey(
            secret.hash(),
            owner,
            label,
            now,
            life.map(now::plus),
            Optional.empty(),
            Optional.empty());
    keys.insert(key);
    return new Created(key, secret);
  }

  /** All keys, or those of one owner, newest first. */
  public List<ApiKey> list(Optional<Owner> owner) {
    return keys.all().stream()
        .filter(key -> owner.isEmpty() || key.owner().equals(owner.get()))
        .toList();
  }

  /** Revokes a key for good; the key as it is now, or empty where there is none. */
  public Optional<ApiKey> revoke(ApiKeyId id) {
    return keys.all().stream()
        .filter(key -> key.id().equals(id))
        .findFirst()
        .flatMap(key -> keys.revoke(key.hash(), clock.instant().truncatedTo(ChronoUnit.SECONDS)));
  }
}
