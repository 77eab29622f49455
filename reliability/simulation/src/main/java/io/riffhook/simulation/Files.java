package io.riffhook.simulation;

import io.riffhook.domain.AssetKey;
import io.riffhook.domain.AssetStore;
import io.riffhook.domain.InMemoryAssetStore;
import io.riffhook.domain.StoredFile;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;

/** An asset store that a mistake can be made in. */
abstract class Files implements AssetStore {
  private final InMemoryAssetStore bucket;

  Files(InMemoryAssetStore bucket) {
    this.bucket = bucket;
  }

  @Override
  public StoredFile write(AssetKey key, byte[] document, String contentType) {
    return bucket.write(key, document, contentType);
  }

  @Override
  public InputStream read(AssetKey key) {
    return bucket.read(key);
  }

  @Override
  public URI link(AssetKey key, Duration life) {
    return bucket.link(key, life);
  }
}
