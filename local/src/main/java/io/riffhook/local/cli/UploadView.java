package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An upload as the API shows it.
 *
 * @param json the whole of it
 */
record UploadView(
    String id,
    String status,
    String contentType,
    long bytes,
    String sha256,
    String reason,
    JsonNode json) {

  static UploadView of(JsonNode json) {
    return new UploadView(
        json.path("id").asText(),
        json.path("status").asText(),
        json.path("contentType").asText(),
        json.path("bytes").asLong(),
        json.path("sha256").asText(),
        json.at("/reason/detail").asText(),
        json);
  }

  boolean isPending() {
    return status.equals("pending");
  }

  boolean isFailed() {
    return status.equals("failed");
  }

  /** One fact a line, its name first. */
  List<String> lines() {
    return List.of(
        "id      " + id, "type    " + contentType, "bytes   " + bytes, "sha256  " + sha256);
  }
}
