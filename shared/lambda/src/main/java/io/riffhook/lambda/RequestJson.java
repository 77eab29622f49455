package io.riffhook.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.JobRequest;
import io.riffhook.domain.Operation;

/** A request as its caller wrote it. */
final class RequestJson {
  private RequestJson() {}

  static ObjectNode write(JobRequest request) {
    ObjectNode json = Json.object().put("operation", request.operation().kind().value());
    switch (request.operation()) {
      case Operation.Prompt prompt ->
          json.put("prompt", prompt.prompt()).put("instrumental", prompt.instrumental());
      case Operation.Compose compose -> compose(json, compose);
    }
    request.model().ifPresent(model -> json.put("model", model));
    request.provider().ifPresent(provider -> json.put("provider", provider));
    if (!request.formats().isEmpty()) {
      ArrayNode formats = json.putArray("formats");
      request.formats().forEach(format -> formats.add(format.value()));
    }
    request.reference().ifPresent(reference -> json.put("reference", reference));
    return json;
  }

  private static void compose(ObjectNode json, Operation.Compose compose) {
    compose.title().ifPresent(title -> json.put("title", title));
    compose.lyrics().ifPresent(lyrics -> json.put("lyrics", lyrics));
    compose.lyricsStrength().ifPresent(value -> json.put("lyricsStrength", value));
    compose.weirdness().ifPresent(value -> json.put("weirdness", value));
    ArrayNode sounds = json.putArray("sounds");
    for (Operation.Sound sound : compose.sounds()) {
      ObjectNode each = sounds.addObject().put("prompt", sound.prompt());
      sound.strength().ifPresent(value -> each.put("strength", value));
      sound.start().ifPresent(value -> each.put("start", value));
      sound.end().ifPresent(value -> each.put("end", value));
    }
  }
}
