package io.riffhook.simulator.musicapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.calls.CallbackSender;
import io.riffhook.simulator.calls.Post;
import io.riffhook.simulator.settings.CallbackSettings;
import io.riffhook.simulator.settings.WebhookSettings;
import io.riffhook.simulator.work.Environment;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs and posts webhooks, as the vendor's webhook guide has it. */
final class WebhookSender implements AutoCloseable {
  private static final Duration STALE = Duration.ofHours(1);

  private final CallbackSender sender = new CallbackSender();
  private final Environment environment;

  /** Signs where the caller gave no secret, and where a signature is to be wrong. */
  private final String ownSecret = UUID.randomUUID().toString();

  WebhookSender(Environment environment) {
    this.environment = environment;
  }

  /**
   * Posts an event, which duplicates share with its id, time and signature.
   *
   * @param forged whether somebody else than the vendor sends it, who doesn't know the secret
   */
  void send(Webhook webhook, String event, ObjectNode body, boolean forged, CallbackSettings how)
      throws InterruptedException {
    WebhookSettings signing = environment.settings().get().webhooks();
    boolean wrong = forged || signing.badSignature();
    String secret = wrong ? ownSecret : webhook.secret().orElse(ownSecret);
    sender.send(new Post(webhook.url(), body), text -> headers(event, text, secret, signing), how);
  }

  @Override
  public void close() {
    sender.close();
  }

  private Map<String, String> headers(
      String event, String body, String secret, WebhookSettings signing) {
    String id = UUID.randomUUID().toString();
    Duration age = signing.staleTimestamp() ? STALE : Duration.ZERO;
    String time = "" + environment.clock().instant().minus(age).getEpochSecond();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Webhook-Id", id);
    headers.put("Idempotency-Key", id);
    headers.put("X-Webhook-Event", event);
    switch (signing.scheme()) {
      case TIMESTAMPED -> {
        headers.put("X-Webhook-Timestamp", time);
        headers.put("X-Webhook-Signature", "sha256=" + sign(secret, time + "." + body));
      }
      // The page of this scheme knows the one header only; that it holds hex is our guess.
      case BODY_ONLY -> {
        headers.clear();
        headers.put("X-Signature", sign(secret, body));
      }
      case NONE -> {}
    }
    return headers;
  }

  private static String sign(String secret, String message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has HmacSHA256", e);
    }
  }
}
