package io.riffhook.domain;

import java.util.Optional;

final class InMemoryAssetStoreTest extends AssetStoreContract {
  private final InMemoryAssetStore store = new InMemoryAssetStore();

  @Override
  protected AssetStore store() {
    return store;
  }

  @Override
  protected Optional<byte[]> bytes(AssetKey at) {
    return store.bytes(at);
  }

  @Override
  protected String contentType(AssetKey at) {
    return store.file(at).orElseThrow().contentType();
  }

  @Override
  protected int dangling() {
    return 0;
  }
}
