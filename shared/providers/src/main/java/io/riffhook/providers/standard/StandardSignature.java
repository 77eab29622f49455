package io.riffhook.providers.standard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.riffhook.domain.Inbound;
import io.riffhook.providers.http.Signatures;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks the signature of a callback, as Standard Webhooks has it (standardwebhooks.com, its
 * symmetric scheme {@code v1}): {@code id.timestamp.body} under the decoded part of a secret.
 */
final class StandardSignature {
  private static final String SECRET = "whsec_";
  private static final String VERSION = "v1,";

  private final Supplier<List<byte[]>> keys;

  /**
   * @param keys any of which may have signed; read for each callback
   */
  StandardSignature(Supplier<List<byte[]>> keys) {
    this.keys = keys;
  }

  /**
   * The keys in a setting: secrets of the form {@code whsec_…}, separated by commas.
   *
   * @throws IllegalArgumentException where one is none; its text is not told
   */
  static List<byte[]> keys(String setting, String value) {
    return Arrays.stream(value.split(",", -1))
        .map(String::strip)
        .map(secret -> key(setting, secret))
        .toList();
  }

  private static byte[] key(String setting, String secret) {
    try {
      byte[] key =
          secret.startsWith(SECRET)
              ? Base64.getDecoder().decode(secret.substring(SECRET.length()))
              : new byte[0];
      if (key.length > 0) {
        return key;
      }
    } catch (IllegalArgumentException _) {
      // Its message would hold a part of the secret.
    }
    throw new IllegalArgumentException(
        setting + " must hold secrets of the form whsec_ and Base64, separated by commas");
  }

  /** What is wrong with a callback's signature, if anything is. */
  Optional<String> fault(Inbound inbound) {
    Optional<String> id = inbound.header("webhook-id");
    Optional<String> timestamp = inbound.header("webhook-timestamp");
    Optional<String> signatures = inbound.header("webhook-signature");
    if (id.isEmpty() || id.get().isEmpty()) {
      return Optional.of("it has no webhook-id");
    }
    if (timestamp.isEmpty()) {
      return Optional.of("it has no webhook-timestamp");
    }
    if (signatures.isEmpty()) {
      return Optional.of("it has no webhook-signature");
    }
    if (!Signatures.isFresh(timestamp.get(), inbound.at())) {
      return Optional.of("its webhook-timestamp is not a time within 300 seconds");
    }
    List<byte[]> wanted = wanted(id.get() + "." + timestamp.get() + ".", inbound.body());
    boolean valid = false;
    for (String given : signatures.get().split(" ", -1)) {
      valid |= Signatures.matches(given.getBytes(UTF_8), wanted);
    }
    return valid ? Optional.empty() : Optional.of("its signature is wrong");
  }

  private List<byte[]> wanted(String before, byte[] body) {
    return keys.get().stream()
        .map(key -> Signatures.hmac(key, before.getBytes(UTF_8), body))
        .map(mac -> (VERSION + Base64.getEncoder().encodeToString(mac)).getBytes(UTF_8))
        .toList();
  }
}
