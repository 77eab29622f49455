package io.riffhook.domain;

final class InMemoryRegistrationsTest extends RegistrationsContract {
  private final InMemoryRegistrations registrations = new InMemoryRegistrations();

  @Override
  protected Registrations registrations() {
    return registrations;
  }
}
