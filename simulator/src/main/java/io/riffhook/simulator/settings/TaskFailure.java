package io.riffhook.simulator.settings;

/** How a failed task reads; the vendor's pages don't show it. */
public enum TaskFailure {
  /** With 200, and the failure in the state of the songs or, by dialect, in that of the task. */
  STATE,
  /** With 200, a {@code code} of 500 and no songs. */
  CODE,
  /** With 504: "task timed out, credits already refunded". */
  TIMEOUT
}
