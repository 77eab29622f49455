package io.riffhook.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** All chance of one world, from one seed. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Whether something happens that does so in this share of cases, 0 to 1. */
  boolean happens(double share) {
    return share > 0 && random.nextDouble() < share;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A time between two, each as likely as another. */
  Duration between(Duration least, Duration most) {
    return least.plusMillis(random.nextLong(most.toMillis() - least.toMillis() + 1));
  }

  /** A time that is mostly short and seldom very long: how networks and queues are late. */
  Duration late(Duration usual) {
    long factor = happens(0.02) ? 60 : happens(0.1) ? 8 : 1;
    return Duration.ofMillis(random.nextLong(usual.toMillis() * factor + 1));
  }

  /** For code that draws its own, from the same seed. */
  RandomGenerator generator() {
    return random;
  }
}
