package io.riffhook.providers.producer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Callback;
import io.riffhook.domain.Inbound;
import io.riffhook.providers.http.ProviderJson;
import java.util.Optional;

/**
 * A callback (webhook-guide): the envelope of a read, with {@code task_id}, {@code platform} and
 * {@code event} beside it. An older one may lack the event, which then a header tells.
 */
final class ProducerCallbacks {
  private ProducerCallbacks() {}

  static Callback parse(Inbound inbound) {
    JsonNode body;
    try {
      body = ProviderJson.read(inbound.body());
    } catch (JsonProcessingException e) {
      return new Callback.Unreadable("its body is not JSON");
    }
    if (!body.isObject()) {
      return new Callback.Unreadable("its body is not an object");
    }
    Optional<String> event =
        ProviderJson.text(body, "event").or(() -> inbound.header("x-webhook-event"));
    Optional<String> task = ProviderJson.text(body, "task_id");
    return switch (event.orElse("")) {
      // It is posted at the end of a task: without a word of which end, reading will tell.
      case "song.completed", "song.failed", "" -> new Callback.Finished(task);
      case String other when task.isEmpty() && !other.startsWith("song.") ->
          new Callback.Unreadable("its event is unknown and it names no task");
      default -> new Callback.Progress(0, task);
    };
  }
}
