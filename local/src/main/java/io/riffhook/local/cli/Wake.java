package io.riffhook.local.cli;

import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Says when to look at a job again: after any function ran, since nothing else moves a job. However
 * many ran meanwhile, one look is enough.
 */
final class Wake implements Consumer<String>, Looks {
  private final Semaphore invocations = new Semaphore(0);

  @Override
  public void accept(String function) {
    invocations.release();
  }

  /** Waits until a function has run since the last look. */
  @Override
  public void await() throws InterruptedException {
    invocations.acquire();
    invocations.drainPermits();
  }

  /**
   * Takes note of a look that was just made: it is an invocation too, and would wake us for ever.
   */
  @Override
  public void looked() throws InterruptedException {
    invocations.acquire();
  }
}
