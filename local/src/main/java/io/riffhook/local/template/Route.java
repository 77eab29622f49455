package io.riffhook.local.template;

import java.util.Optional;

/**
 * An HTTP route: its method, or {@code ANY}, and its path with {@code {variables}}, the last one
 * perhaps greedy.
 *
 * @param authorizer who decides about its calls; an open route has none
 */
public record Route(String method, String path, Optional<Authorizer> authorizer) {

  /** A route that is open. */
  public Route(String method, String path) {
    this(method, path, Optional.empty());
  }

  /** As API Gateway names it, e.g. {@code GET /v1/jobs/{id}}. */
  public String key() {
    return method + " " + path;
  }
}
