package io.riffhook.domain;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One thing that an owner is told.
 *
 * @param id the same however often it is told, and to whom
 * @param sequence grows with the events of one job; 0 where it is about no job
 */
public record Notification(
    String id, EventType type, Instant at, long sequence, Owner owner, Subject subject) {
  /** What a job's event counts in its sequence; the hundred between two are for its progress. */
  private static final long STEP = 1_000;

  /** What it is about. */
  public sealed interface Subject {
    /**
     * A job, or a song of it, as it stands when it is told.
     *
     * @param song the song's number, where it is about one
     */
    record OfJob(JobId job, OptionalInt song) implements Subject {}

    /** An endpoint that is told nothing more. */
    record OfEndpoint(EndpointId endpoint, Optional<URI> url, Reason reason) implements Subject {}

    /**
     * Anything else.
     *
     * @param json a JSON object: the data of the notification
     */
    record Data(String json) implements Subject {}
  }

  /** What a job's event is told as. */
  public static Notification of(Job job, JobEvent event) {
    return new Notification(
        "evt_" + job.id() + "_" + event.number(),
        event.type(),
        event.at(),
        event.number() * STEP,
        job.owner(),
        new Subject.OfJob(job.id(), event.song()));
  }

  /**
   * What it is told as that an endpoint is told nothing more.
   *
   * @param last the notification after which it was disabled
   */
  public static Notification ofDisabled(
      Endpoint endpoint, Endpoint.Disabled disabled, Notification last) {
    return new Notification(
        "evt_" + endpoint.id().value().replace(':', '_') + "_after_" + last.id(),
        EventType.ENDPOINT_DISABLED,
        disabled.at(),
        0,
        endpoint.owner(),
        new Subject.OfEndpoint(endpoint.id(), endpoint.url(), disabled.reason()));
  }

  /** What a job's progress is told as. */
  public static Notification ofProgress(Job job) {
    int percent = job.progress().orElseThrow();
    long sequence = job.events().size() * STEP + percent;
    return new Notification(
        "evt_" + job.id() + "_" + job.attempt() + "-" + percent,
        EventType.JOB_PROGRESS,
        job.updatedAt(),
        sequence,
        job.owner(),
        new Subject.OfJob(job.id(), OptionalInt.empty()));
  }
}
