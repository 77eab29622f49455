package io.riffhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whose key it is that somebody calls with.
 *
 * <p>A key is looked up by its SHA-256. How long that takes depends on the hash, which nobody can
 * steer without knowing the key, and not on how much of a key was guessed right; what is found is
 * compared in constant time besides.
 */
public final class AuthenticateKey {
  /** A key's last use is written at most so often, so that calls cost no write each. */
  public static final Duration LAST_USED_PRECISION = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(AuthenticateKey.class);

  private final KeyStore keys;
  private final InstantSource clock;

  public AuthenticateKey(KeyStore keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** What came of it. */
  public sealed interface Result {
    /** The key works. */
    record Known(ApiKey key) implements Result {}

    /** The text is not one of our keys: mistyped, cut off, or something else. */
    record Malformed() implements Result {}

    /** A key that was never made here, or its item is gone. */
    record Unknown(ApiKeyId id) implements Result {}

    /** The key was revoked. */
    record Revoked(ApiKey key) implements Result {}

    /** The key's time is over. */
    record Expired(ApiKey key) implements Result {}
  }

  /** Looks at a key. Whatever the store throws, it throws: then nothing is known of the key. */
  public Result authenticate(String text) {
    Optional<ApiKeySecret> secret = ApiKeySecret.parse(text);
    if (secret.isEmpty()) {
      return new Result.Malformed();
    }
    ApiKeyHash hash = secret.get().hash();
    Optional<ApiKey> found = keys.find(hash).filter(key -> key.hash().matches(hash));
    if (found.isEmpty()) {
      return new Result.Unknown(hash.id());
    }
    ApiKey key = found.get();
    Instant now = clock.instant();
    if (key.revokedAt().isPresent()) {
      return new Result.Revoked(key);
    }
    if (key.isExpired(now)) {
      return new Result.Expired(key);
    }
    noteUse(key, now);
    return new Result.Known(key);
  }

  private void noteUse(ApiKey key, Instant now) {
    if (key.lastUsedAt().filter(at -> at.plus(LAST_USED_PRECISION).isAfter(now)).isPresent()) {
      return;
    }
    try {
      keys.used(key, now.truncatedTo(ChronoUnit.SECONDS));
    } catch (RuntimeException e) {
      // When it was last used is nice to know, and no reason to refuse a call.
      LOG.warn("the last use of key {} was not written", key.id(), e);
    }
  }
}
