package io.riffhook.domain;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What owners are told of. The names are those that notifications carry. */
public enum EventType {
  /** The provider took the job. A job whose answer from the provider was lost has none. */
  JOB_SUBMITTED("job.submitted"),
  /** The provider told how far it is. Only for whoever asked, and at most once in a second. */
  JOB_PROGRESS("job.progress"),
  /** A song is complete: all of its assets are settled. */
  SONG_STORED("song.stored"),
  JOB_READY("job.ready"),
  JOB_FAILED("job.failed"),
  JOB_REJECTED("job.rejected"),
  JOB_CANCELLED("job.cancelled"),
  /** A message or an event was no submission. */
  SUBMISSION_REJECTED("submission.rejected"),
  /** Every job of a batch has ended. */
  BATCH_ENDED("batch.ended"),
  /** An endpoint is told nothing any more, because it failed for long, or asked for that. */
  ENDPOINT_DISABLED("endpoint.disabled"),
  /** Somebody wants to see whether an endpoint is told at all. */
  ENDPOINT_TEST("endpoint.test");

  /** What an endpoint is told of whose owner picked nothing. */
  public static final Set<EventType> DEFAULT =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(JOB_PROGRESS, ENDPOINT_TEST)));

  /** What an owner can pick: a test is for one endpoint, whatever its owner picked. */
  public static final Set<EventType> CHOICES =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(ENDPOINT_TEST)));

  private final String value;

  EventType(String value) {
    this.value = value;
  }

  /** The name in notifications. */
  public String value() {
    return value;
  }

  /** The type of that name. */
  public static Optional<EventType> of(String value) {
    return Arrays.stream(values()).filter(type -> type.value.equals(value)).findFirst();
  }

  /** What a job's end is told as. */
  public static EventType ofEnd(Status status) {
    return switch (status) {
      case READY -> JOB_READY;
      case FAILED -> JOB_FAILED;
      case REJECTED -> JOB_REJECTED;
      case CANCELLED -> JOB_CANCELLED;
      case QUEUED, SUBMITTED, GENERATING, STORING ->
          throw new IllegalArgumentException(status + " is no end");
    };
  }

  /** The names that an owner can pick from. */
  public static String words() {
    return CHOICES.stream().map(EventType::value).collect(Collectors.joining(", "));
  }
}
