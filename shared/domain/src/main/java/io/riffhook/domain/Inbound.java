package io.riffhook.domain;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A callback as it came in. Its bytes are those that were sent, for a signature covers them.
 *
 * @param headers by name in lower case
 * @param at when it came
 */
// The bytes as they came, for signatures are over them; callbacks are never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Inbound(Map<String, String> headers, byte[] body, Instant at) {
  public Inbound {
    headers = Map.copyOf(headers);
  }

  /** A header's value. */
  public Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }
}
