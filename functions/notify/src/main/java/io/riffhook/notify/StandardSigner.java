package io.riffhook.notify;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.riffhook.providers.http.WebhookCalls;
import java.time.Instant;

/** Signs by the reference library of the Standard Webhooks specification. */
final class StandardSigner implements WebhookCalls.Signer {
  @Override
  public String sign(String secret, String id, Instant at, String body) {
    try {
      return new Webhook(secret).sign(id, at.getEpochSecond(), body);
    } catch (EmptyWebhookSecretException | WebhookSigningException | IllegalArgumentException _) {
      // Without its cause, whose text may quote the secret.
      throw new IllegalArgumentException("an endpoint's secret cannot sign");
    }
  }
}
