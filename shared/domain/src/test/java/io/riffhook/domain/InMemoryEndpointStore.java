package io.riffhook.domain;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Endpoints in memory. Safe for use by several threads. */
public final class InMemoryEndpointStore implements EndpointStore {
  private record Key(Owner owner, EndpointId id) {}

  private final Map<Key, Endpoint> endpoints = new HashMap<>();

  @Override
  public synchronized boolean insert(Endpoint endpoint) {
    return endpoints.putIfAbsent(new Key(endpoint.owner(), endpoint.id()), endpoint) == null;
  }

  @Override
  public synchronized Optional<Endpoint> find(Owner owner, EndpointId id) {
    return Optional.ofNullable(endpoints.get(new Key(owner, id)));
  }

  @Override
  public synchronized List<Endpoint> ofOwner(Owner owner) {
    return endpoints.values().stream()
        .filter(each -> each.owner().equals(owner) && each.id().job().isEmpty())
        .sorted(Comparator.comparing(Endpoint::createdAt).thenComparing(each -> each.id().value()))
        .toList();
  }

  @Override
  public synchronized Optional<Endpoint> apply(Owner owner, EndpointId id, EndpointChange change) {
    Optional<Endpoint> next =
        find(owner, id).flatMap(endpoint -> EndpointChange.apply(endpoint, change));
    next.ifPresent(endpoint -> endpoints.put(new Key(owner, id), endpoint));
    return next;
  }

  @Override
  public synchronized boolean delete(Owner owner, EndpointId id) {
    return endpoints.remove(new Key(owner, id)) != null;
  }
}
