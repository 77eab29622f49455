package io.riffhook.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** API keys in memory, as a {@link KeyStore} must keep them. */
public final class InMemoryKeyStore implements KeyStore {
  private final Map<ApiKeyHash, ApiKey> keys = new ConcurrentHashMap<>();

  @Override
  public void insert(ApiKey key) {
    if (keys.putIfAbsent(key.hash(), key) != null) {
      throw new IllegalStateException("a key with this hash exists");
    }
  }

  @Override
  public Optional<ApiKey> find(ApiKeyHash hash) {
    return Optional.ofNullable(keys.get(hash));
  }

  @Override
  public List<ApiKey> all() {
    return keys.values().stream()
        .sorted(Comparator.comparing(ApiKey::createdAt).reversed())
        .toList();
  }

  @Override
  public Optional<ApiKey> revoke(ApiKeyHash hash, Instant now) {
    return Optional.ofNullable(keys.computeIfPresent(hash, (_, key) -> key.revoked(now)));
  }

  @Override
  public void used(ApiKey key, Instant now) {
    keys.computeIfPresent(
        key.hash(), (_, is) -> is.lastUsedAt().equals(key.lastUsedAt()) ? is.used(now) : is);
  }
}
