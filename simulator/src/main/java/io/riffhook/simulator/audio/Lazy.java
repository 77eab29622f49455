package io.riffhook.simulator.audio;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A value made once, by the first caller who wants it, while the others wait for it. */
final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Optional<T> value = Optional.empty();

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public T get() {
    Optional<T> made = value;
    if (made.isPresent()) {
      return made.get();
    }
    lock.lock();
    try {
      T result = value.orElseGet(maker);
      value = Optional.of(result);
      return result;
    } finally {
      lock.unlock();
    }
  }
}
