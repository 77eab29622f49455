package io.riffhook.domain;

import java.time.Instant;

/** How far the paid call to the provider has come. Only a queued job's matters. */
public sealed interface Submission {

  /** When this state began, or for what it waits. */
  Instant at();

  /** No call is running and the last one, if any, bought nothing; the next may start at a time. */
  record Waiting(Instant at) implements Submission {}

  /** A call started at a time and has not come back. */
  record InFlight(Instant at) implements Submission {}

  /** A call ended without an answer: it may have bought a song. Looked at again at a time. */
  record Unknown(Instant at) implements Submission {}

  /** The provider took the job at a time. */
  record Accepted(Instant at) implements Submission {}
}
