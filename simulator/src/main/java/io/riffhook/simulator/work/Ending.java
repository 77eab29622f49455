package io.riffhook.simulator.work;

/** How work ends. */
public enum Ending {
  COMPLETED,
  FAILED
}
