package io.riffhook.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where API keys are written down, by their hashes. */
public interface KeyStore {

  /**
   * Writes a new key.
   *
   * @throws IllegalStateException if there is one with this hash
   */
  void insert(ApiKey key);

  /** The key with this hash, as last written. */
  Optional<ApiKey> find(ApiKeyHash hash);

  /**
   * Every key, newest first, those that no longer work too. For operators: what it costs grows with
   * the number of keys, and the newest may be missing for a moment.
   */
  List<ApiKey> all();

  /**
   * Revokes a key for good. Where it is revoked already, the first time stays.
   *
   * @return the key as it is now, or empty where there is none
   */
  Optional<ApiKey> revoke(ApiKeyHash hash, Instant now);

  /**
   * Notes that a key was used. Does nothing where somebody else noted it since it was read, or
   * where there is no such key.
   *
   * @param key as it was read
   */
  void used(ApiKey key, Instant now);
}
