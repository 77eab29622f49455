package io.riffhook.local.cli;

/** Says when to look again at something that takes its time. */
interface Looks {
  /** Waits until there may be something new. */
  void await() throws InterruptedException;

  /** Takes note of a look that was just made. */
  void looked() throws InterruptedException;
}
