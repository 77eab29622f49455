package io.riffhook.domain;

final class InMemoryHealthStoreTest extends HealthStoreContract {
  private final InMemoryHealthStore store = new InMemoryHealthStore();

  @Override
  protected HealthStore store() {
    return store;
  }
}
