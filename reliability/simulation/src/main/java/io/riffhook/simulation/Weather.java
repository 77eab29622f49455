package io.riffhook.simulation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;

/** Which faults happen, until all end: a fault that never ends proves nothing about repair. */
final class Weather {
  private final Rates rates;
  private final Dice dice;
  private final InstantSource clock;
  private final Instant clearsUp;

  Weather(Rates rates, Dice dice, InstantSource clock, Instant clearsUp) {
    this.rates = rates;
    this.dice = dice;
    this.clock = clock;
    this.clearsUp = clearsUp;
  }

  /** Whether a fault happens now. */
  boolean has(ToDoubleFunction<Rates> fault) {
    double rate = fault.applyAsDouble(rates);
    return rate > 0 && clock.instant().isBefore(clearsUp) && dice.happens(rate);
  }
}
