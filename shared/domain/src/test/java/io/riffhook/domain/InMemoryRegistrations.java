package io.riffhook.domain;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Registrations in memory. */
public final class InMemoryRegistrations implements Registrations {
  private record Key(Source source, String provider) {}

  private final Map<Key, Registration> known = new ConcurrentHashMap<>();

  @Override
  public Optional<Registration> find(Source source, String provider) {
    return Optional.ofNullable(known.get(new Key(source, provider)));
  }

  @Override
  public void put(Source source, String provider, Registration registration) {
    switch (registration) {
      case Registration.Usable _, Registration.NotYet _ ->
          known.put(new Key(source, provider), registration);
      case Registration.Lent _, Registration.NotNow _, Registration.Never _ ->
          throw new IllegalArgumentException("the provider has no such file");
    }
  }
}
