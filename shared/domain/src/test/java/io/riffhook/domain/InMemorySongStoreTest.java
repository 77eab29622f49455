package io.riffhook.domain;

final class InMemorySongStoreTest extends SongStoreContract {
  private final InMemorySongStore store = new InMemorySongStore();

  @Override
  protected SongStore store() {
    return store;
  }
}
