package io.riffhook.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.JobRequest;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Source;

/** A request as its caller wrote it. */
final class RequestJson {
  private RequestJson() {}

  static ObjectNode write(JobRequest request) {
    ObjectNode json = Json.object().put("operation", request.operation().kind().value());
    switch (request.operation()) {
      case Operation.Prompt prompt ->
          json.put("prompt", prompt.prompt()).put("instrumental", prompt.instrumental());
      case Operation.Compose compose -> compose(json, compose);
      case Operation.Transform transform -> transform(json, transform);
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

  private static void transform(ObjectNode json, Operation.Transform transform) {
    source(json, transform.original());
    switch (transform.edit()) {
      case Operation.Edit.Extend extend -> {
        extend.at().ifPresent(at -> json.put("at", at));
        extend.seconds().ifPresent(seconds -> json.put("seconds", seconds));
      }
      case Operation.Edit.Replace replace -> {
        json.put("start", replace.start());
        replace.end().ifPresent(end -> json.put("end", end));
      }
      case Operation.Edit.Cover _, Operation.Edit.SwapSound _, Operation.Edit.SwapVocals _ -> {
        // The operation's name says all.
      }
    }
    transform.prompt().ifPresent(prompt -> json.put("prompt", prompt));
    transform.title().ifPresent(title -> json.put("title", title));
    transform.lyrics().ifPresent(lyrics -> json.put("lyrics", lyrics));
    controls(json, transform.controls());
  }

  private static void source(ObjectNode json, Source source) {
    switch (source) {
      case Source.OfSong song -> json.putObject("source").put("songId", song.song().toString());
      case Source.OfUpload upload ->
          json.putObject("source").put("uploadId", upload.upload().value());
    }
  }

  private static void controls(ObjectNode json, Operation.Controls controls) {
    controls.lyrics().ifPresent(value -> json.put("lyricsStrength", value));
    controls.prompt().ifPresent(value -> json.put("promptStrength", value));
    controls.cover().ifPresent(value -> json.put("coverStrength", value));
    controls.weirdness().ifPresent(value -> json.put("weirdness", value));
    controls.variation().ifPresent(value -> json.put("variation", value));
    controls.seed().ifPresent(value -> json.put("seed", value));
  }

  private static void compose(ObjectNode json, Operation.Compose compose) {
    compose.title().ifPresent(title -> json.put("title", title));
    switch (compose.lyrics().orElse(null)) {
      case Operation.Lyrics.Written written -> json.put("lyrics", written.text());
      case Operation.Lyrics.Asked asked -> json.put("lyricsPrompt", asked.prompt());
      case null -> {
        // An instrumental.
      }
    }
    controls(json, compose.controls());
    compose.source().ifPresent(source -> source(json, source));
    compose.image().ifPresent(image -> json.put("image", image.value()));
    ArrayNode sounds = json.putArray("sounds");
    for (Operation.Sound sound : compose.sounds()) {
      ObjectNode each = sounds.addObject().put("prompt", sound.prompt());
      sound.strength().ifPresent(value -> each.put("strength", value));
      sound.start().ifPresent(value -> each.put("start", value));
      sound.end().ifPresent(value -> each.put("end", value));
    }
  }
}
