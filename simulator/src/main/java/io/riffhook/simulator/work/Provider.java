package io.riffhook.simulator.work;

import io.riffhook.simulator.http.Api;

/** A simulated provider: an API, the host of its files, and the work behind them. */
public interface Provider extends Api, AutoCloseable {
  /** Ends the making of songs; those under way are left unfinished. */
  @Override
  void close();
}
