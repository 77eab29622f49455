package io.riffhook.simulator.musicapi;

import io.riffhook.simulator.calls.BadRequest;
import io.riffhook.simulator.calls.Fields;

/**
 * The part of a clip that is replaced.
 *
 * @param start in seconds
 * @param end in seconds, after the start
 */
record Times(double start, double end) {
  private static final double LATEST = 3600;

  static Times of(Fields fields) {
    double start = fields.requiredDecimal("starts_at", 0, LATEST);
    double end = fields.requiredDecimal("ends_at", 0, LATEST);
    if (end <= start) {
      throw new BadRequest("ends_at must be after starts_at");
    }
    return new Times(start, end);
  }

  @Override
  public String toString() {
    return " from " + start + " to " + end;
  }
}
