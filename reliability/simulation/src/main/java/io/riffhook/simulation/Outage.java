package io.riffhook.simulation;

/** A call of a port failed; whether it took effect is not known. */
final class Outage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Outage(String where) {
    super(where, null, false, false);
  }
}
