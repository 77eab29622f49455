package io.riffhook.local.cli;

import java.time.Duration;

/** Looks every second or two at what runs elsewhere: nobody tells us when it moves. */
final class Pace implements Looks {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(2);

  /** A song that is not there after so many looks takes a while. */
  private static final int QUICK_LOOKS = 10;

  private int looks;

  @Override
  public void await() throws InterruptedException {
    Thread.sleep(looks <= QUICK_LOOKS ? FIRST : LATER);
  }

  @Override
  public void looked() {
    looks++;
  }
}
