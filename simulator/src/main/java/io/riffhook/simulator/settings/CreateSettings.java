package io.riffhook.simulator.settings;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How calls that create songs, or take audio to make songs of, are answered. A "first n" counts
 * from the moment the settings were set. The first three are read by useapi only.
 *
 * @param shape which of the two answers create calls give
 * @param separateSongIds whether a song has an id of its own, other than its job's; read in the
 *     shape {@code JOB_ID} only
 * @param maxJobs how many jobs an account runs before it answers 429 "busy", 0 for no limit; a
 *     call's own {@code maxJobs} goes before
 * @param tooManyRequestsFirst the first so many creates get the 429 of the service behind
 * @param serverErrorFirst the first so many creates get a 5xx and are not accepted
 * @param serverErrorStatus which 5xx that is
 * @param dropFirst the first so many creates are accepted, and their connection closed without an
 *     answer
 * @param delayFirst the first so many creates are accepted, and their answer held back for {@code
 *     answerDelay}
 * @param answerDelay how long
 * @param moderated a regular expression; words in which it is found are refused, with the status of
 *     the provider
 */
public record CreateSettings(
    CreateShape shape,
    boolean separateSongIds,
    int maxJobs,
    int tooManyRequestsFirst,
    int serverErrorFirst,
    int serverErrorStatus,
    int dropFirst,
    int delayFirst,
    Duration answerDelay,
    String moderated) {

  public CreateSettings {
    // Compiled to refuse what is no regular expression here, where it is said, and not in the calls
    // that use it.
    Pattern.compile(moderated);
    if (serverErrorStatus < 500 || serverErrorStatus > 599) {
      throw new IllegalArgumentException(
          "serverErrorStatus must be 500 to 599, is " + serverErrorStatus);
    }
  }

  /** The settings of a simulator nobody has changed. */
  public static CreateSettings defaults() {
    return new CreateSettings(
        CreateShape.JOB_ID, false, 0, 0, 0, 503, 0, 0, Duration.ZERO, "(?i)\\bforbidden\\b");
  }

  /** These settings with another {@code shape}. */
  public CreateSettings withShape(CreateShape shape) {
    return new CreateSettings(
        shape,
        separateSongIds,
        maxJobs,
        tooManyRequestsFirst,
        serverErrorFirst,
        serverErrorStatus,
        dropFirst,
        delayFirst,
        answerDelay,
        moderated);
  }

  /** These settings with another {@code separateSongIds}. */
  public CreateSettings withSeparateSongIds(boolean separateSongIds) {
    return new CreateSettings(
        shape,
        separateSongIds,
        maxJobs,
        tooManyRequestsFirst,
        serverErrorFirst,
        serverErrorStatus,
        dropFirst,
        delayFirst,
        answerDelay,
        moderated);
  }

  /** These settings with another {@code maxJobs}. */
  public CreateSettings withMaxJobs(int maxJobs) {
    return new CreateSettings(
        shape,
        separateSongIds,
        maxJobs,
        tooManyRequestsFirst,
        serverErrorFirst,
        serverErrorStatus,
        dropFirst,
        delayFirst,
        answerDelay,
        moderated);
  }

  /** These settings with another {@code tooManyRequestsFirst}. */
  public CreateSettings withTooManyRequestsFirst(int tooManyRequestsFirst) {
    return new CreateSettings(
        shape,
        separateSongIds,
        maxJobs,
        tooManyRequestsFirst,
        serverErrorFirst,
        serverErrorStatus,
        dropFirst,
        delayFirst,
        answerDelay,
        moderated);
  }

  /** These settings with another {@code serverErrorFirst}. */
  public CreateSettings withServerErrorFirst(int serverErrorFirst) {
    return new CreateSettings(
        shape,
        separateSongIds,
        maxJobs,
        tooManyRequestsFirst,
        serverErrorFirst,
        serverErrorStatus,
        dropFirst,
        delayFirst,
        answerDelay,
        moderated);
  }

  /** These settings with another {@code serverErrorStatus}. */
  public CreateSettings withServerErrorStatus(int serverErrorStatus) {
    return new CreateSettings(
        shape,
        separateSongIds,
        maxJobs,
        tooManyRequestsFirst,
        serverErrorFirst,
        serverErrorStatus,
        dropFirst,
        delayFirst,
        answerDelay,
        moderated);
  }

  /** These settings with another {@code dropFirst}. */
  public CreateSettings withDropFirst(int dropFirst) {
    return new CreateSettings(
        shape,
        separateSongIds,
        maxJobs,
        tooManyRequestsFirst,
        serverErrorFirst,
        serverErrorStatus,
        dropFirst,
        delayFirst,
        answerDelay,
        moderated);
  }

  /** These settings with another {@code delayFirst}. */
  public CreateSettings withDelayFirst(int delayFirst) {
    return new CreateSettings(
        shape,
        separateSongIds,
        maxJobs,
        tooManyRequestsFirst,
        serverErrorFirst,
        serverErrorStatus,
        dropFirst,
        delayFirst,
        answerDelay,
        moderated);
  }

  /** These settings with another {@code answerDelay}. */
  public CreateSettings withAnswerDelay(Duration answerDelay) {
    return new CreateSettings(
        shape,
        separateSongIds,
        maxJobs,
        tooManyRequestsFirst,
        serverErrorFirst,
        serverErrorStatus,
        dropFirst,
        delayFirst,
        answerDelay,
        moderated);
  }

  /** These settings with another {@code moderated}. */
  public CreateSettings withModerated(String moderated) {
    return new CreateSettings(
        shape,
        separateSongIds,
        maxJobs,
        tooManyRequestsFirst,
        serverErrorFirst,
        serverErrorStatus,
        dropFirst,
        delayFirst,
        answerDelay,
        moderated);
  }
}
