package io.riffhook.simulator.http;

import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request, read whole.
 *
 * @param method {@code GET}, {@code POST} and so on
 * @param path the path without a slash at its end, except for {@code /} itself
 * @param query the decoded query parameters; the first of each name counts
 * @param authorization the header of that name, or empty
 * @param contentType the header of that name, or empty
 * @param range the headers that ask for a part of a file
 * @param body the body read as UTF-8; no call that is simulated takes anything but text
 */
public record Call(
    String method,
    String path,
    Map<String, String> query,
    String authorization,
    String contentType,
    Range range,
    String body) {

  public Call {
    query = Map.copyOf(query);
  }

  /**
   * The headers of a request for a part of a file (RFC 9110, 13.1.5 and 14.2).
   *
   * @param range {@code Range}, or empty
   * @param ifRange {@code If-Range}, or empty
   */
  public record Range(String range, String ifRange) {}

  /** A query parameter; one without a value counts as absent. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
  }
}
