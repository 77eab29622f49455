package io.riffhook.domain;

import java.time.Instant;

/** How far the paid call to the provider has come. Only a queued job's matters. */
public sealed interface Submission {

  /** When this state began, or for what it waits. */
  Instant at();

  /** When the next message for a queued job is due: its call, or the next try or look-up. */
  default Instant due() {
    return this instanceof Unknown unknown ? unknown.next() : at();
  }

  /**
   * No call is running and the last one, if any, bought nothing; the next may start at a time.
   *
   * @param preparation the number of the current try of giving the provider the job's files, 1 for
   *     the first
   */
  record Waiting(Instant at, int preparation) implements Submission {
    public Waiting(Instant at) {
      this(at, 1);
    }
  }

  /** A call started at a time and has not come back. */
  record InFlight(Instant at) implements Submission {}

  /**
   * A call ended without an answer: it may have bought a song.
   *
   * @param at when the job is looked up at the provider for the first time
   * @param next when it is looked up next
   */
  record Unknown(Instant at, Instant next) implements Submission {
    public Unknown(Instant at) {
      this(at, at);
    }
  }

  /** The provider took the job at a time. */
  record Accepted(Instant at) implements Submission {}
}
