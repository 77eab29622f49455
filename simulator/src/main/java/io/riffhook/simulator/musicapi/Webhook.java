package io.riffhook.simulator.musicapi;

import io.riffhook.simulator.calls.BadRequest;
import io.riffhook.simulator.calls.Fields;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Who is to be told about a task.
 *
 * @param url where to
 * @param secret what to sign with; without one the vendor signs with a secret of its own
 */
record Webhook(String url, Optional<String> secret) {
  private static final int LONGEST = 1024;
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /** "HTTPS"; plain HTTP is taken to the loopback, where tests listen. */
  static Optional<Webhook> of(Fields fields) {
    Optional<String> url = fields.url("webhook_url", LONGEST);
    Optional<String> secret = fields.text("webhook_secret");
    if (url.isPresent() && !isSafe(URI.create(url.get()))) {
      throw new BadRequest("webhook_url must be an HTTPS URL");
    }
    return url.map(to -> new Webhook(to, secret));
  }

  private static boolean isSafe(URI url) {
    return "https".equals(url.getScheme()) || LOOPBACK.contains(url.getHost());
  }

  @Override
  public String toString() {
    return "Webhook[" + url + "]";
  }
}
