package io.riffhook.providers.useapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Callback;
import io.riffhook.providers.http.ProviderJson;
import java.util.Optional;

/**
 * The body that useapi posts to a {@code replyUrl}. No page shows it; useapi's other services send
 * the body of their own job retrieval, so an item of {@code GET music} is expected, alone, in an
 * array, or with {@code job_id} beside it.
 */
final class UseapiCallbacks {
  private UseapiCallbacks() {}

  static Callback parse(byte[] body) {
    JsonNode document;
    try {
      document = ProviderJson.read(body);
    } catch (JsonProcessingException e) {
      return new Callback.Unreadable("its body is not JSON");
    }
    JsonNode item = document.isArray() ? document.path(0) : document;
    if (!item.isObject()) {
      return new Callback.Unreadable("its body is not an object");
    }
    return switch (item.path("status").asText("")) {
      case "completed", "complete", "failed" -> new Callback.Finished(id(item));
      case "" -> new Callback.Unreadable("its body has no status");
      default -> new Callback.Progress(ProviderJson.percent(item, "progress").orElse(0), id(item));
    };
  }

  private static Optional<String> id(JsonNode item) {
    return ProviderJson.text(item, "job_id").or(() -> ProviderJson.text(item, "id"));
  }
}
