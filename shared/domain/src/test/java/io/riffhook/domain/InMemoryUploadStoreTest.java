package io.riffhook.domain;

final class InMemoryUploadStoreTest extends UploadStoreContract {
  private final InMemoryUploadStore store = new InMemoryUploadStore();

  @Override
  protected UploadStore store() {
    return store;
  }
}
