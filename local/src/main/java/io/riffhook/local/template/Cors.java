package io.riffhook.local.template;

import java.time.Duration;
import java.util.List;

/**
 * Which web pages may call an API or a bucket from a browser.
 *
 * @param origins exact origins, or {@code *} for any
 * @param headers the request headers that a page may send
 * @param exposed the response headers that a page may read
 * @param maxAge how long a browser may remember the answer to a preflight
 */
public record Cors(
    List<String> origins,
    List<String> methods,
    List<String> headers,
    List<String> exposed,
    Duration maxAge) {

  public Cors {
    origins = List.copyOf(origins);
    methods = List.copyOf(methods);
    headers = List.copyOf(headers);
    exposed = List.copyOf(exposed);
  }
}
