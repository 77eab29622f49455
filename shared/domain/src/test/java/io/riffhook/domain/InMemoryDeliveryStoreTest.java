package io.riffhook.domain;

final class InMemoryDeliveryStoreTest extends DeliveryStoreContract {
  private final DeliveryStore store = new InMemoryDeliveryStore();

  @Override
  protected DeliveryStore store() {
    return store;
  }
}
