package io.riffhook.domain;

final class InMemoryKeyStoreTest extends KeyStoreContract {
  private final InMemoryKeyStore store = new InMemoryKeyStore();

  @Override
  protected KeyStore store() {
    return store;
  }
}
