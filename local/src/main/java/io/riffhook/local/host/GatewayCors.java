package io.riffhook.local.host;

import io.riffhook.local.template.Cors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Answers preflights and adds CORS headers as an HTTP API does. Without a configuration it does
 * neither, and a preflight is a request like any other.
 */
final class GatewayCors {
  private static final String ANY = "*";
  private static final String OURS = "access-control-";

  private final Optional<Cors> configuration;

  GatewayCors(Optional<Cors> configuration) {
    this.configuration = configuration;
  }

  /**
   * Returns the answer to an OPTIONS request. It is the same with an unknown path and without a
   * key: API Gateway answers before it looks for a route or calls an authorizer. A preflight from a
   * foreign origin gets no CORS headers, so the browser stops there.
   */
  Optional<HttpResult> preflight(Request request) {
    if (!request.getMethod().equals("OPTIONS")) {
      return Optional.empty();
    }
    return configuration.map(
        cors -> new HttpResult(204, preflightHeaders(cors, request), List.of(), new byte[0]));
  }

  private static Map<String, String> preflightHeaders(Cors cors, Request request) {
    Optional<String> origin = allowed(cors, request);
    if (origin.isEmpty() || !request.getHeaders().contains("access-control-request-method")) {
      return Map.of();
    }
    return Map.of(
        "access-control-allow-origin", origin.get(),
        "access-control-allow-methods", String.join(",", cors.methods()),
        "access-control-allow-headers", String.join(",", cors.headers()),
        "access-control-max-age", Long.toString(cors.maxAge().toSeconds()));
  }

  /** Returns the headers of an answer. A function's own CORS headers are dropped. */
  Map<String, String> headers(Request request, Map<String, String> headers) {
    if (configuration.isEmpty() || request.getMethod().equals("OPTIONS")) {
      return headers;
    }
    Cors cors = configuration.get();
    Map<String, String> all = new HashMap<>(headers);
    all.keySet().removeIf(name -> name.startsWith(OURS));
    allowed(cors, request)
        .ifPresent(
            origin -> {
              all.put("access-control-allow-origin", origin);
              all.put("access-control-expose-headers", String.join(",", cors.exposed()));
            });
    return all;
  }

  /** The value of Access-Control-Allow-Origin for the request, if its origin is allowed. */
  private static Optional<String> allowed(Cors cors, Request request) {
    @Nullable String origin = request.getHeaders().get("origin");
    if (origin == null) {
      return Optional.empty();
    }
    if (cors.origins().contains(ANY)) {
      return Optional.of(ANY);
    }
    return cors.origins().contains(origin) ? Optional.of(origin) : Optional.empty();
  }
}
