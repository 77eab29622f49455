package io.riffhook.local.template;

/**
 * An HTTP route: its method, or {@code ANY}, and its path with {@code {variables}}, the last one
 * perhaps greedy.
 */
public record Route(String method, String path) {

  /** As API Gateway names it, e.g. {@code GET /v1/jobs/{id}}. */
  public String key() {
    return method + " " + path;
  }
}
