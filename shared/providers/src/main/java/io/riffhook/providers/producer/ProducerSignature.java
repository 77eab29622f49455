package io.riffhook.providers.producer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.riffhook.domain.Inbound;
import io.riffhook.providers.http.Signatures;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Checks the signature of a callback (docs.musicapi.ai and docs.sunoapi.com, webhook-guide). */
final class ProducerSignature {
  private final Scheme scheme;
  private final Supplier<List<String>> secrets;

  /** How a callback is signed; the family's pages know two ways. */
  enum Scheme {
    /** {@code X-Webhook-Signature} over {@code X-Webhook-Timestamp}, a dot and the body. */
    TIMESTAMPED,
    /** {@code X-Signature} over the body, as the older page has it. */
    BODY,
    /** Not at all. */
    NONE
  }

  /**
   * @param secrets any of which may have signed; read for each callback
   */
  ProducerSignature(Scheme scheme, Supplier<List<String>> secrets) {
    this.scheme = scheme;
    this.secrets = secrets;
  }

  /** What is wrong with a callback's signature, if anything is. */
  Optional<String> fault(Inbound inbound) {
    return switch (scheme) {
      case TIMESTAMPED -> timestamped(inbound);
      case BODY -> body(inbound);
      case NONE -> Optional.empty();
    };
  }

  private Optional<String> timestamped(Inbound inbound) {
    Optional<String> timestamp = inbound.header("x-webhook-timestamp");
    Optional<String> signature = inbound.header("x-webhook-signature");
    if (timestamp.isEmpty()) {
      return Optional.of("it has no X-Webhook-Timestamp");
    }
    if (signature.isEmpty()) {
      return Optional.of("it has no X-Webhook-Signature");
    }
    if (!Signatures.isFresh(timestamp.get(), inbound.at())) {
      return Optional.of("its X-Webhook-Timestamp is not a time within 300 seconds");
    }
    byte[] before = (timestamp.get() + ".").getBytes(UTF_8);
    return wrong("sha256=", signature.get(), before, inbound.body());
  }

  private Optional<String> body(Inbound inbound) {
    Optional<String> signature = inbound.header("x-signature");
    // The page does not spell out the encoding; hexadecimal is that of the newer scheme.
    return signature.isEmpty()
        ? Optional.of("it has no X-Signature")
        : wrong("", signature.get(), inbound.body());
  }

  private Optional<String> wrong(String prefix, String given, byte[]... message) {
    List<byte[]> wanted =
        secrets.get().stream()
            .map(secret -> Signatures.hmac(secret.getBytes(UTF_8), message))
            .map(mac -> (prefix + HexFormat.of().formatHex(mac)).getBytes(UTF_8))
            .toList();
    return Signatures.matches(given.getBytes(UTF_8), wanted)
        ? Optional.empty()
        : Optional.of("its signature is wrong");
  }
}
