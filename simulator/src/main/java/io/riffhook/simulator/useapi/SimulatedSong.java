package io.riffhook.simulator.useapi;

import io.riffhook.simulator.audio.SongBrief;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** A song and the job that makes it. Safe for use by several threads. */
final class SimulatedSong {
  /** The status as {@code GET /music} tells it. */
  enum Status {
    PROCESSING("processing"),
    COMPLETED("completed"),
    FAILED("failed");

    private final String wire;

    Status(String wire) {
      this.wire = wire;
    }

    String wire() {
      return wire;
    }
  }

  /** What doesn't change about a song. Empty texts stand for what the caller left out. */
  record Facts(
      String id,
      String jobId,
      String userId,
      SongBrief brief,
      String replyUrl,
      String replyRef,
      Instant createdAt) {}

  private final Facts facts;
  private volatile Status status = Status.PROCESSING;
  private final AtomicBoolean scheduled = new AtomicBoolean(true);

  SimulatedSong(Facts facts) {
    this.facts = facts;
  }

  Facts facts() {
    return facts;
  }

  Status status() {
    return status;
  }

  /** Ends the job one way or the other. */
  void finish(Status end) {
    status = end;
    scheduled.set(false);
  }

  /** Whether the job still holds a place in the vendor's queue. */
  boolean isScheduled() {
    return scheduled.get();
  }

  /** Frees the place; the song is made all the same. Returns whether there was one to free. */
  boolean unschedule() {
    return scheduled.getAndSet(false);
  }
}
