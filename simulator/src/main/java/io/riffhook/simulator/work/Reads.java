package io.riffhook.simulator.work;

import io.riffhook.simulator.settings.PollSettings;

/** Counts the reads of one work, and says how much each shows. Safe for use by several threads. */
public final class Reads {
  private int all;
  private int afterTheEnd;

  /** How much of a work a read shows. */
  public enum View {
    NOTHING,
    /** The first of its songs. */
    FIRST,
    ALL
  }

  /** What the next read shows of work that is finished or not. */
  public synchronized View next(PollSettings settings, boolean finished) {
    all++;
    if (all <= settings.emptyFirst()) {
      return View.NOTHING;
    }
    if (finished) {
      afterTheEnd++;
    }
    return finished && afterTheEnd <= settings.partialFirst() ? View.FIRST : View.ALL;
  }
}
