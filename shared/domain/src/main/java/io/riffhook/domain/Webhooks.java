package io.riffhook.domain;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Calls the URLs of endpoints. Any number of threads may use it. */
public interface Webhooks {
  /** How long a receiver may take. */
  Duration PATIENCE = Duration.ofSeconds(15);

  /** Why a URL can't be told, in words that go after its field's name; empty where it can. */
  Optional<String> refusal(URI url);

  /**
   * Sends a notification, signed by each of the secrets.
   *
   * @param id the notification's
   * @param secrets {@code whsec_…}, at least one
   * @param body JSON
   */
  Answer send(URI url, String id, List<String> secrets, byte[] body);

  /** What became of it. */
  sealed interface Answer {
    /**
     * The receiver answered.
     *
     * @param status the HTTP status; a redirect is not followed
     * @param retryAfter how long it asks to wait
     */
    record Answered(int status, Optional<Duration> retryAfter) implements Answer {}

    /** It did not, or it may not be called. */
    record Unanswered(String why) implements Answer {}
  }
}
