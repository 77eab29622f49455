package io.riffhook.providers.http;

import io.riffhook.domain.Provider;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A request.
 *
 * @param headers besides those of the connection and the body; printable ASCII
 */
record Outgoing(String method, URI uri, Map<String, String> headers, Optional<Payload> payload) {

  Outgoing {
    headers = Map.copyOf(headers);
  }

  static Outgoing get(URI uri, Map<String, String> headers) {
    return new Outgoing("GET", uri, headers, Optional.empty());
  }

  /**
   * The body of a request.
   *
   * @param type its media type
   * @param bytes how long it is
   */
  record Payload(String type, long bytes, Provider.Content content) {}
}
