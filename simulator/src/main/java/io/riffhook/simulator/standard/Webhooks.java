package io.riffhook.simulator.standard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.calls.CallbackSender;
import io.riffhook.simulator.calls.Post;
import io.riffhook.simulator.settings.CallbackSettings;
import io.riffhook.simulator.settings.WebhookSettings;
import io.riffhook.simulator.work.Environment;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs and posts webhooks as the Standard Webhooks specification has it. */
final class Webhooks implements AutoCloseable {
  /** Public, as all of the simulator: it guards nothing. */
  static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";

  private static final String PREFIX = "whsec_";
  private static final Duration STALE = Duration.ofHours(1);

  private final CallbackSender sender = new CallbackSender();
  private final Environment environment;

  Webhooks(Environment environment) {
    this.environment = environment;
  }

  /** Posts a message; one that is sent again has the same id. */
  void send(String url, String id, ObjectNode body, CallbackSettings how)
      throws InterruptedException {
    sender.send(new Post(url, body), text -> headers(id, text), how);
  }

  @Override
  public void close() {
    sender.close();
  }

  private Map<String, String> headers(String id, String body) {
    WebhookSettings signing = environment.settings().get().webhooks();
    Duration age = signing.staleTimestamp() ? STALE : Duration.ZERO;
    String time = Long.toString(environment.clock().instant().minus(age).getEpochSecond());
    String signed = signing.badSignature() ? id + "." + time + ".{}" : id + "." + time + "." + body;
    return Map.of(
        "webhook-id", id,
        "webhook-timestamp", time,
        "webhook-signature", "v1," + sign(signed));
  }

  private static String sign(String message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = Base64.getDecoder().decode(SECRET.substring(PREFIX.length()));
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has HmacSHA256", e);
    }
  }
}
