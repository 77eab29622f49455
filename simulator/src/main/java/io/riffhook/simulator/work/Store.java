package io.riffhook.simulator.work;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** The latest 100,000 things, found by their id. Safe for use by several threads. */
public final class Store<T> {
  /** Older ones are forgotten: a load test must not fill the memory. */
  private static final int CAPACITY = 100_000;

  private final SequencedMap<String, T> things = new LinkedHashMap<>();

  public synchronized void add(String id, T thing) {
    things.put(id, thing);
    if (things.size() > CAPACITY) {
      things.pollFirstEntry();
    }
  }

  public synchronized Optional<T> find(String id) {
    return Optional.ofNullable(things.get(id));
  }

  /** The one of that id, made and kept when there is none. */
  public synchronized T findOrAdd(String id, Supplier<T> missing) {
    Optional<T> found = find(id);
    T thing = found.orElseGet(missing);
    if (found.isEmpty()) {
      add(id, thing);
    }
    return thing;
  }

  /** Returns whether there was one. */
  public synchronized boolean remove(String id) {
    return things.remove(id) != null;
  }

  public synchronized List<T> newestFirst() {
    return List.copyOf(things.sequencedValues().reversed());
  }
}
