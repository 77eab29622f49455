package io.riffhook.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of an API key.
 *
 * @param hash of the key, which itself is not kept
 * @param label what it is for, in its maker's words: 1 to {@link #MAX_LABEL} characters, none of
 *     them a control character
 * @param expiresAt from when on it is refused
 * @param revokedAt since when it is refused
 * @param lastUsedAt when it was used, true to {@link AuthenticateKey#LAST_USED_PRECISION}
 */
public record ApiKey(
    ApiKeyHash hash,
    Owner owner,
    Optional<String> label,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt,
    Optional<Instant> lastUsedAt) {
  /** The most characters of a label. */
  public static final int MAX_LABEL = 200;

  public ApiKey {
    if (label.isPresent() && !isLabel(label.get())) {
      throw new IllegalArgumentException(
          "a key's label is 1 to " + MAX_LABEL + " characters, none of them a control character");
    }
  }

  private static boolean isLabel(String text) {
    return !text.isBlank()
        && text.length() <= MAX_LABEL
        && text.chars().noneMatch(Character::isISOControl);
  }

  public ApiKeyId id() {
    return hash.id();
  }

  /** Whether it no longer works because its time is over. */
  public boolean isExpired(Instant now) {
    return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
  }

  ApiKey revoked(Instant now) {
    return new ApiKey(
        hash, owner, label, createdAt, expiresAt, Optional.of(revokedAt.orElse(now)), lastUsedAt);
  }

  ApiKey used(Instant now) {
    return new ApiKey(hash, owner, label, createdAt, expiresAt, revokedAt, Optional.of(now));
  }
}
