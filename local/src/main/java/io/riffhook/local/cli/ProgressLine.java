package io.riffhook.local.cli;

import io.riffhook.domain.Status;
import java.util.stream.Collectors;

/** How a job stands, in one line. */
final class ProgressLine {
  private static final int STATUS_WIDTH = 10;
  private static final int WIDEST_BAR = 30;
  private static final int NARROWEST_BAR = 8;

  private ProgressLine() {}

  /** For a log. */
  static String plain(JobView job) {
    String words = words(job);
    return words.isEmpty() ? job.status().name() : pad(job.status()) + words;
  }

  /** For a terminal: with a bar where it fits, and never wider than the terminal. */
  static String live(JobView job, int columns) {
    int room = columns - 1; // a full line would wrap
    String words = words(job);
    double done = done(job);
    int bar = Math.min(WIDEST_BAR, room - STATUS_WIDTH - 2 - words.length() - 4);
    String line =
        done < 0 || bar < NARROWEST_BAR
            ? plain(job)
            : pad(job.status()) + bar(done, bar) + "  " + words;
    return cut(line, room);
  }

  /** How far a batch is: with a bar where it fits, and never wider than the terminal. */
  static String batch(int ended, int total, int running, int columns) {
    String words = "%d of %d jobs have ended, %d run".formatted(ended, total, running);
    int room = columns - 1;
    int bar = Math.min(WIDEST_BAR, room - words.length() - 4);
    return bar < NARROWEST_BAR ? cut(words, room) : bar((double) ended / total, bar) + "  " + words;
  }

  static String cut(String line, int room) {
    return line.length() <= room ? line : line.substring(0, Math.max(0, room - 1)) + "…";
  }

  private static String pad(Status status) {
    return String.format("%-" + STATUS_WIDTH + "s  ", status);
  }

  private static String bar(double done, int width) {
    int full = (int) Math.round(done * width);
    return "[" + "#".repeat(full) + "-".repeat(width - full) + "]";
  }

  /** The share that is done of what the state is about, or -1 where nobody knows. */
  private static double done(JobView job) {
    return switch (job.status()) {
      case GENERATING -> Math.clamp(job.progress().orElse(0), 0, 100) / 100.0;
      case STORING -> job.assets().isEmpty() ? 0 : (double) stored(job) / job.assets().size();
      case QUEUED, SUBMITTED, READY, REJECTED, FAILED, CANCELLED -> -1;
    };
  }

  private static String words(JobView job) {
    return switch (job.status()) {
      case QUEUED -> job.reason().orElse("waiting for " + job.provider());
      case SUBMITTED -> job.provider() + " has taken it";
      case GENERATING ->
          job.progress().isPresent() ? job.progress().getAsInt() + " % made" : "being made";
      case STORING ->
          job.assets().isEmpty()
              ? "reading what was made"
              : "%d of %d files stored".formatted(stored(job), job.assets().size());
      case READY ->
          job.songs().stream().map(song -> song.title()).collect(Collectors.joining(", "));
      case REJECTED, FAILED, CANCELLED -> job.reason().orElse("");
    };
  }

  private static long stored(JobView job) {
    return job.assets().stream().filter(asset -> asset.isStored()).count();
  }
}
