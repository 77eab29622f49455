package io.riffhook.providers.mureka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Callback;
import io.riffhook.providers.http.ProviderJson;

/**
 * The body that is posted to a {@code replyUrl}: the job record, when the job is {@code created}
 * and again when it has ended.
 */
final class MurekaCallbacks {
  private MurekaCallbacks() {}

  static Callback parse(byte[] body) {
    JsonNode job;
    try {
      job = ProviderJson.read(body);
    } catch (JsonProcessingException e) {
      return new Callback.Unreadable("its body is not JSON");
    }
    if (!job.isObject()) {
      return new Callback.Unreadable("its body is not an object");
    }
    return switch (job.path("status").asText("")) {
      case "completed", "failed" -> new Callback.Finished(ProviderJson.text(job, "jobid"));
      case "" -> new Callback.Unreadable("its body has no status");
      default -> new Callback.Progress(0, ProviderJson.text(job, "jobid"));
    };
  }
}
