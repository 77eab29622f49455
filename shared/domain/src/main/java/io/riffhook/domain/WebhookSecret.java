package io.riffhook.domain;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * What notifications are signed with.
 *
 * @param value as the Standard Webhooks specification writes it: {@code whsec_} and 24 to 64 bytes
 *     in base64
 * @param until when an older one, which a newer took the place of, signs no more
 */
public record WebhookSecret(String value, Optional<Instant> until) {
  private static final int BYTES = 32;

  /** A new one. */
  public static WebhookSecret generate(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new WebhookSecret(
        "whsec_" + Base64.getEncoder().encodeToString(bytes), Optional.empty());
  }

  /** The same, which signs no more from a time on. */
  public WebhookSecret until(Instant end) {
    return new WebhookSecret(value, Optional.of(end));
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "whsec_…";
  }
}
