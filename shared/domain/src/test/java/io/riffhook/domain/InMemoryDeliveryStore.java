package io.riffhook.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deliveries in memory. Safe for use by several threads. */
public final class InMemoryDeliveryStore implements DeliveryStore {
  private record Key(Owner owner, EndpointId endpoint, DeliveryId id) {}

  private final Map<Key, Delivery> deliveries = new HashMap<>();

  private static Key key(Delivery delivery) {
    return new Key(delivery.notification().owner(), delivery.endpoint(), delivery.id());
  }

  @Override
  public synchronized boolean insert(Delivery delivery) {
    return deliveries.putIfAbsent(key(delivery), delivery) == null;
  }

  @Override
  public synchronized Optional<Delivery> find(Owner owner, EndpointId endpoint, DeliveryId id) {
    return Optional.ofNullable(deliveries.get(new Key(owner, endpoint, id)));
  }

  @Override
  public synchronized boolean tried(Delivery after) {
    Delivery before = deliveries.get(key(after));
    if (before == null || before.attempts() >= after.attempts()) {
      return false;
    }
    deliveries.put(key(after), after);
    return true;
  }

  @Override
  public synchronized Page<Delivery> of(
      Owner owner, EndpointId endpoint, Filter filter, Order order, Page.Request page) {
    Comparator<Delivery> oldestFirst = Comparator.comparing(each -> each.id().toString());
    List<Delivery> listed =
        deliveries.values().stream()
            .filter(each -> each.notification().owner().equals(owner))
            .filter(each -> each.endpoint().equals(endpoint))
            .filter(
                each ->
                    filter.since().map(at -> !each.notification().at().isBefore(at)).orElse(true))
            .sorted(order == Order.OLDEST_FIRST ? oldestFirst : oldestFirst.reversed())
            .toList();
    return InMemoryPages.page(
        "deliveries|" + endpoint,
        owner,
        listed,
        each -> filter.states().isEmpty() || filter.states().contains(each.state()),
        each -> each.id().toString(),
        page);
  }

  @Override
  public synchronized Optional<Delivery> reset(
      Owner owner, EndpointId endpoint, DeliveryId id, Instant now) {
    return Optional.ofNullable(
        deliveries.computeIfPresent(
            new Key(owner, endpoint, id), (_, delivery) -> delivery.anew(now)));
  }

  /** Every delivery there is, of every owner. */
  public synchronized List<Delivery> all() {
    return List.copyOf(deliveries.values());
  }
}
