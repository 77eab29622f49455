package io.riffhook.simulation;

/** What must always hold. */
enum Invariant {
  /** A job moves forward only; what has ended stays so, unless its owner runs it again. */
  STATUS_FORWARD("status going back"),
  /** A provider is paid at most once for an attempt, where anything could tell that it was. */
  BOUGHT_ONCE("bought twice"),
  /** What is READY has all of its bytes in S3, and they are the provider's. */
  READY_HAS_BYTES("READY without bytes"),
  /** A READY job has every song that the provider made for it. */
  NO_SONG_LOST("songs lost"),
  /** A job that has not ended has a message in the check queue. */
  WATCHED("jobs that nobody watches"),
  /** A job has few check messages at a time: a repeated one starts no second chain. */
  FEW_CHECKS("chains of checks that multiply"),
  /** Few messages are about one thing: repeated or repaired ones start no second chain. */
  FEW_MESSAGES("messages without end"),
  /** After a call without an answer, ten minutes pass before the next call. */
  SILENCE("second calls that came too early"),
  /** Calls that cost money, beside those for songs, are made only for what asks for them. */
  ASKED_ONCE("calls that cost money without need"),
  /** A provider's callback is accepted as long as the secret of its token is listed. */
  CALLER_KNOWN("callbacks that were refused"),
  /** An owner has no more jobs running than its limit, and a batch no more than it may. */
  WITHIN_LIMITS("jobs beyond a limit"),
  /** Each line of a batch is handed out once. */
  HANDED_OUT_ONCE("lines handed out twice"),
  /** Every job ends by its deadline, and every batch ends. */
  ENDED("lost"),
  /** A job fails only for what happened to it, and not for a fault that passes. */
  FAILED_FOR_A_REASON("failed without need"),
  /** Every event of a job is told, to the bus and to each endpoint that wants it. */
  TOLD("events that were not told"),
  /** Who has no valid token, or is not the owner, changes and sees nothing. */
  NO_STRANGER("unauthorised changes");

  private final String broken;

  Invariant(String broken) {
    this.broken = broken;
  }

  /** What is counted where it does not hold. */
  String broken() {
    return broken;
  }
}
