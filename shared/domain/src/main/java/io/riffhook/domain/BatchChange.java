package io.riffhook.domain;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A step of a batch. Each is one conditional write; where its guard fails, nothing changes. */
public sealed interface BatchChange {
  /**
   * More lines are handed out: only if as many are as was known, the batch is not cancelled, and it
   * has not ended.
   *
   * @param known the number of the last line that was handed out; 0 for none
   * @param upTo the number of the last line that is now
   */
  record HandedOut(int known, int upTo) implements BatchChange {}

  /** Lines have ended: only in a batch that has not. */
  record LinesEnded(Set<Integer> lines) implements BatchChange {
    public LinesEnded {
      if (lines.isEmpty()) {
        throw new IllegalArgumentException("no lines have ended");
      }
      lines = Collections.unmodifiableSet(new TreeSet<>(lines));
    }
  }

  /** No more lines are to be handed out: only in a batch that has not ended. */
  record Cancelled() implements BatchChange {}

  /**
   * The whole has ended, and its report is written: only once.
   *
   * @param counts how many lines ended how
   */
  record Finished(Instant at, Map<String, Integer> counts) implements BatchChange {
    public Finished {
      counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    }
  }

  /** The end was handed on to whoever is told. */
  record Told() implements BatchChange {}

  /**
   * The next check was sent: only if its number is higher than that of the last.
   *
   * @param watched the number of the last line that the check before it had seen handed out
   */
  record CheckSent(int number, int watched) implements BatchChange {}
}
