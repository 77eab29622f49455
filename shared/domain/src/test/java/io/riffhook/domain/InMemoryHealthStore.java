package io.riffhook.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Troubles in memory. */
public final class InMemoryHealthStore implements HealthStore {
  private record Key(String provider, Optional<String> account) {}

  private final Map<Key, Trouble> troubles = new ConcurrentHashMap<>();

  @Override
  public void report(Trouble trouble) {
    troubles.put(new Key(trouble.provider(), trouble.account()), trouble);
  }

  @Override
  public Set<String> inTrouble(Collection<String> providers, Instant now) {
    return troubles.values().stream()
        .filter(each -> each.account().isEmpty() && each.until().isAfter(now))
        .map(Trouble::provider)
        .filter(providers::contains)
        .collect(Collectors.toSet());
  }

  @Override
  public List<Trouble> troubles(String provider) {
    return troubles.values().stream()
        .filter(each -> each.provider().equals(provider))
        .sorted(java.util.Comparator.comparing(each -> each.account().orElse("")))
        .toList();
  }
}
