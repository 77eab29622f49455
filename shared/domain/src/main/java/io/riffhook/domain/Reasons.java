package io.riffhook.domain;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Every reason that an owner can be told, each worded once. */
public final class Reasons {
  /** The code of a job that the provider's moderation refused. */
  public static final String MODERATED = "moderated";

  /** The code of a job that waits for a song or an upload to be stored. */
  static final String SOURCE_PENDING = "source-pending";

  private Reasons() {}

  public static Reason moderated(String provider, String detail) {
    return new Reason(MODERATED, provider + " refused the prompt: " + detail);
  }

  public static Reason endpointGone() {
    return new Reason(
        "endpoint-gone", "the endpoint answered HTTP 410: it wants to be told nothing more");
  }

  public static Reason endpointFailing() {
    return new Reason(
        "endpoint-failing",
        "no notification arrived for five days; change the endpoint to be told again, and have"
            + " delivered what it missed");
  }

  public static Reason refused(String provider, String detail) {
    return new Reason("provider-refused", provider + " refused the request: " + detail);
  }

  public static Reason unauthorized(String provider, String setting) {
    return new Reason(
        "provider-unauthorized",
        provider + " refused our token; set " + setting + " to a valid one");
  }

  public static Reason accountNeedsAttention(String provider, String account, String detail) {
    return new Reason(
        "account-needs-attention",
        "the " + provider + " account " + account + " must be put right by its holder: " + detail);
  }

  public static Reason busy(String provider, String detail) {
    return new Reason("provider-busy", provider + " takes no more jobs just now: " + detail);
  }

  public static Reason unavailable(String provider, String detail) {
    return new Reason("provider-unavailable", provider + " cannot be reached: " + detail);
  }

  public static Reason outcomeUnknown(String provider, String detail) {
    return new Reason(
        "outcome-unknown",
        provider + " gave no answer, so it may be making the song; waiting to hear: " + detail);
  }

  public static Reason retired(String provider, String detail) {
    return new Reason("provider-retired", provider + " no longer serves this: " + detail);
  }

  public static Reason generationFailed(String provider, String detail) {
    return new Reason("generation-failed", provider + " could not make the song: " + detail);
  }

  public static Reason noSong(String provider) {
    return new Reason("generation-failed", provider + " ended without a song");
  }

  public static Reason assetFailed(String name, String detail) {
    return new Reason("asset-failed", name + " could not be stored: " + detail);
  }

  public static Reason uploadFailed(String detail) {
    return new Reason("upload-failed", "the file could not be stored: " + detail);
  }

  public static Reason sourcePending(String what) {
    return new Reason(SOURCE_PENDING, what + " is not stored yet");
  }

  public static Reason sourceMissing(String what) {
    return new Reason("source-missing", what + " has no audio in S3");
  }

  public static Reason deadlinePassed(Instant deadline, String waitingFor) {
    return new Reason(
        "deadline-passed", "the deadline " + deadline + " passed while " + waitingFor);
  }

  public static Reason badLine(List<FieldError> errors) {
    return new Reason("invalid-request", words(errors));
  }

  public static Reason badFile(String detail) {
    return new Reason("invalid-file", "the file can't be a batch: " + detail);
  }

  public static Reason idTaken(String id) {
    return new Reason("id-taken", "the id " + id + " belongs to another job");
  }

  private static String words(List<FieldError> errors) {
    return errors.stream()
        .map(error -> (error.pointer() + " " + error.detail()).strip())
        .collect(Collectors.joining("; "));
  }

  public static Reason cancelled() {
    return new Reason("cancelled", "cancelled by the owner");
  }
}
