package io.riffhook.local.cli;

import java.io.PrintWriter;

/**
 * Tells how a job goes: on a terminal in one line that is written over, elsewhere in a line for
 * each change. Used by one thread, and once more by the one that ends the process.
 */
final class ProgressDisplay {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final TerminalWriter err;
  private final boolean live;
  private final int columns;
  private String last = "";

  ProgressDisplay(PrintWriter err, CliContext context) {
    this.err = TerminalWriter.over(err);
    this.live = context.live();
    this.columns = context.columns();
  }

  synchronized void show(JobView job) {
    show(live ? ProgressLine.live(job, columns) : ProgressLine.plain(job));
  }

  /** Shows how far a batch is. */
  synchronized void show(BatchView batch) {
    show(
        ProgressLine.batch(
            batch.ended(), batch.total(), batch.running(), live ? columns : Integer.MAX_VALUE));
  }

  /** Shows what is being done when there is no job to show. */
  synchronized void show(String line) {
    if (line.equals(last)) {
      return;
    }
    last = line;
    if (live) {
      err.control(CLEAR_LINE);
      err.print(ProgressLine.cut(line, columns - 1));
    } else {
      err.println(line);
    }
    err.flush();
  }

  /** Says something that stays. */
  synchronized void say(String text) {
    clear();
    err.println(text);
    err.flush();
  }

  /** Leaves the terminal to others. */
  synchronized void clear() {
    if (live && !last.isEmpty()) {
      err.control(CLEAR_LINE);
      err.flush();
    }
    last = "";
  }
}
