package io.riffhook.providers.http;

import io.riffhook.domain.Webhooks;
import io.riffhook.providers.http.Outgoing.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Posts notifications as the Standard Webhooks specification has it, to URLs of callers: by the
 * rules of {@link PublicFiles}, over a connection of its own, once, and without following a
 * redirect. What a receiver answers is its status and for how long to wait; its body is not read,
 * so it can be of any length. Safe for use by several threads.
 */
public final class WebhookCalls implements Webhooks {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final PublicFiles rules;
  private final Connector connector;
  private final Signer signer;
  private final InstantSource clock;
  private final Duration patience;

  /**
   * @param loopback whether plain HTTP to this machine is accepted, as on one machine it is
   */
  public WebhookCalls(boolean loopback, Signer signer, InstantSource clock) {
    this(loopback, signer, clock, new Connector(CONNECT_TIMEOUT), PATIENCE);
  }

  WebhookCalls(
      boolean loopback,
      Signer signer,
      InstantSource clock,
      Connector connector,
      Duration patience) {
    this.rules = new PublicFiles(loopback, connector);
    this.connector = connector;
    this.signer = signer;
    this.clock = clock;
    this.patience = patience;
  }

  /** Signs what is sent. */
  @FunctionalInterface
  public interface Signer {
    /**
     * One signature, as it stands in {@code webhook-signature}.
     *
     * @param secret {@code whsec_…}
     * @param at whole seconds of it are signed
     * @throws IllegalArgumentException if the secret is none; it says nothing of it
     */
    String sign(String secret, String id, Instant at, String body);
  }

  @Override
  public Optional<String> refusal(URI url) {
    return rules.refusal(url);
  }

  @Override
  public Answer send(URI url, String id, List<String> secrets, byte[] body) {
    Optional<String> refusal = refusal(url);
    if (refusal.isPresent()) {
      return new Answer.Unanswered("its URL " + refusal.get());
    }
    Outgoing request =
        new Outgoing(
            "POST",
            url,
            headers(id, secrets, body),
            Optional.of(
                new Payload(
                    "application/json", body.length, () -> new ByteArrayInputStream(body))));
    return switch (Exchange.of(connector, request, patience, this::answer)) {
      case Outcome.Answered<Answer> answered -> answered.value();
      case Outcome.Forbidden<Answer> forbidden ->
          new Answer.Unanswered("its URL " + forbidden.why());
      case Outcome.Unsent<Answer> unsent -> new Answer.Unanswered(unsent.why());
      case Outcome.Silent<Answer> silent -> new Answer.Unanswered(silent.why());
    };
  }

  private Map<String, String> headers(String id, List<String> secrets, byte[] body) {
    // To the second, as it stands in the header: what is signed and what is told must be one.
    Instant at = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    String text = new String(body, StandardCharsets.UTF_8);
    return Map.of(
        "webhook-id",
        id,
        "webhook-timestamp",
        Long.toString(at.getEpochSecond()),
        "webhook-signature",
        secrets.stream()
            .map(secret -> signer.sign(secret, id, at, text))
            .collect(Collectors.joining(" ")));
  }

  private Answer answer(Incoming incoming) throws IOException {
    try (incoming) {
      return new Answer.Answered(incoming.status(), RetryAfter.of(incoming, clock.instant()));
    }
  }
}
