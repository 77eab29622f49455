package io.riffhook.domain;

final class InMemoryEndpointStoreTest extends EndpointStoreContract {
  private final EndpointStore store = new InMemoryEndpointStore();

  @Override
  protected EndpointStore store() {
    return store;
  }
}
