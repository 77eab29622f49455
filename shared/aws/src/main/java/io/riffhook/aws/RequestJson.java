package io.riffhook.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.BatchId;
import io.riffhook.domain.BatchLine;
import io.riffhook.domain.EventType;
import io.riffhook.domain.Format;
import io.riffhook.domain.JobRequest;
import io.riffhook.domain.Operation;
import io.riffhook.domain.SongId;
import io.riffhook.domain.Source;
import io.riffhook.domain.UploadId;
import io.riffhook.domain.Webhook;
import io.riffhook.json.JsonTrees;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A job's request as JSON in one attribute: it is written once and read whole, and no condition
 * looks into it.
 */
final class RequestJson {
  private static final JsonTrees JSON = new JsonTrees(new JsonFactory());

  private RequestJson() {}

  static String write(JobRequest request) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set("operation", operation(request.operation()));
    request.provider().ifPresent(provider -> node.put("provider", provider));
    request.model().ifPresent(model -> node.put("model", model));
    ArrayNode formats = node.putArray("formats");
    request.formats().forEach(format -> formats.add(format.value()));
    request.reference().ifPresent(reference -> node.put("reference", reference));
    request
        .webhook()
        .ifPresent(
            webhook -> {
              ObjectNode hook = node.putObject("webhook").put("url", webhook.url().toString());
              ArrayNode types = hook.putArray("types");
              webhook.types().forEach(type -> types.add(type.value()));
            });
    request
        .batch()
        .ifPresent(
            line ->
                node.putObject("batch").put("id", line.batch().value()).put("line", line.number()));
    return JSON.text(node);
  }

  static JobRequest read(String json) {
    JsonNode node = tree(json);
    Set<Format> formats = EnumSet.noneOf(Format.class);
    node.path("formats").forEach(format -> formats.add(format(format.textValue())));
    return new JobRequest(
        operation(node.path("operation")),
        text(node, "provider"),
        text(node, "model"),
        formats,
        text(node, "reference"),
        webhook(node.path("webhook")),
        batch(node.path("batch")));
  }

  private static Optional<Webhook> webhook(JsonNode node) {
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    node.path("types").forEach(type -> EventType.of(type.asText()).ifPresent(types::add));
    return text(node, "url").map(url -> new Webhook(URI.create(url), types));
  }

  private static Optional<BatchLine> batch(JsonNode node) {
    return text(node, "id").map(id -> new BatchLine(new BatchId(id), node.path("line").intValue()));
  }

  static Format format(String value) {
    return Format.of(value)
        .orElseThrow(() -> new IllegalStateException("a stored job has the format " + value));
  }

  private static ObjectNode operation(Operation operation) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("kind", operation.kind().value());
    switch (operation) {
      case Operation.Prompt prompt ->
          node.put("prompt", prompt.prompt()).put("instrumental", prompt.instrumental());
      case Operation.Compose compose -> {
        compose.title().ifPresent(title -> node.put("title", title));
        switch (compose.lyrics().orElse(null)) {
          case Operation.Lyrics.Written written -> node.put("lyrics", written.text());
          case Operation.Lyrics.Asked asked -> node.put("lyricsPrompt", asked.prompt());
          case null -> {
            // An instrumental.
          }
        }
        ArrayNode sounds = node.putArray("sounds");
        compose.sounds().forEach(sound -> sounds.add(sound(sound)));
        controls(node, compose.controls());
        compose.source().ifPresent(source -> source(node, source));
        compose.image().ifPresent(image -> node.put("image", image.value()));
      }
      case Operation.Transform transform -> {
        source(node, transform.original());
        edit(node, transform.edit());
        transform.prompt().ifPresent(prompt -> node.put("prompt", prompt));
        transform.title().ifPresent(title -> node.put("title", title));
        transform.lyrics().ifPresent(lyrics -> node.put("lyrics", lyrics));
        controls(node, transform.controls());
      }
    }
    return node;
  }

  private static void edit(ObjectNode node, Operation.Edit edit) {
    switch (edit) {
      case Operation.Edit.Extend extend -> {
        extend.at().ifPresent(at -> node.put("at", at));
        extend.seconds().ifPresent(seconds -> node.put("seconds", seconds));
      }
      case Operation.Edit.Replace replace -> {
        node.put("start", replace.start());
        replace.end().ifPresent(end -> node.put("end", end));
      }
      case Operation.Edit.Cover _, Operation.Edit.SwapSound _, Operation.Edit.SwapVocals _ -> {
        // The kind says all.
      }
    }
  }

  private static void source(ObjectNode node, Source source) {
    switch (source) {
      case Source.OfSong song -> node.put("songId", song.song().toString());
      case Source.OfUpload upload -> node.put("uploadId", upload.upload().value());
    }
  }

  private static void controls(ObjectNode node, Operation.Controls controls) {
    controls.lyrics().ifPresent(value -> node.put("lyricsStrength", value));
    controls.prompt().ifPresent(value -> node.put("promptStrength", value));
    controls.cover().ifPresent(value -> node.put("coverStrength", value));
    controls.weirdness().ifPresent(value -> node.put("weirdness", value));
    controls.variation().ifPresent(value -> node.put("variation", value));
    controls.seed().ifPresent(value -> node.put("seed", value));
  }

  private static ObjectNode sound(Operation.Sound sound) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("prompt", sound.prompt());
    sound.strength().ifPresent(strength -> node.put("strength", strength));
    sound.start().ifPresent(start -> node.put("start", start));
    sound.end().ifPresent(end -> node.put("end", end));
    return node;
  }

  private static Operation operation(JsonNode node) {
    String word = node.path("kind").asText();
    Operation.Kind kind =
        Operation.Kind.of(word)
            .orElseThrow(() -> new IllegalStateException("a stored job asks for " + word));
    return switch (kind) {
      case PROMPT ->
          new Operation.Prompt(
              node.path("prompt").asText(), node.path("instrumental").booleanValue());
      case COMPOSE -> {
        List<Operation.Sound> sounds = new ArrayList<>();
        node.path("sounds").forEach(sound -> sounds.add(sound(sound)));
        yield new Operation.Compose(
            text(node, "title"),
            text(node, "lyrics")
                .<Operation.Lyrics>map(Operation.Lyrics.Written::new)
                .or(() -> text(node, "lyricsPrompt").map(Operation.Lyrics.Asked::new)),
            sounds,
            controls(node),
            source(node),
            text(node, "image").map(UploadId::new));
      }
      case COVER -> transform(node, new Operation.Edit.Cover());
      case EXTEND ->
          transform(node, new Operation.Edit.Extend(number(node, "at"), number(node, "seconds")));
      case REPLACE ->
          transform(
              node,
              new Operation.Edit.Replace(node.path("start").doubleValue(), number(node, "end")));
      case SWAP_SOUND -> transform(node, new Operation.Edit.SwapSound());
      case SWAP_VOCALS -> transform(node, new Operation.Edit.SwapVocals());
    };
  }

  private static Operation transform(JsonNode node, Operation.Edit edit) {
    return new Operation.Transform(
        source(node).orElseThrow(() -> new IllegalStateException("a stored job has no source")),
        edit,
        text(node, "prompt"),
        text(node, "title"),
        text(node, "lyrics"),
        controls(node));
  }

  private static Optional<Source> source(JsonNode node) {
    return text(node, "songId")
        .flatMap(SongId::parse)
        .<Source>map(Source.OfSong::new)
        .or(() -> text(node, "uploadId").map(id -> new Source.OfUpload(new UploadId(id))));
  }

  private static Operation.Controls controls(JsonNode node) {
    JsonNode seed = node.path("seed");
    return new Operation.Controls(
        number(node, "lyricsStrength"),
        number(node, "promptStrength"),
        number(node, "coverStrength"),
        number(node, "weirdness"),
        number(node, "variation"),
        seed.isIntegralNumber() ? OptionalLong.of(seed.longValue()) : OptionalLong.empty());
  }

  private static Operation.Sound sound(JsonNode node) {
    return new Operation.Sound(
        node.path("prompt").asText(),
        number(node, "strength"),
        number(node, "start"),
        number(node, "end"));
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.ofNullable(node.path(name).textValue());
  }

  private static OptionalDouble number(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.read(json);
    } catch (JsonProcessingException e) {
      // Without the cause: its message quotes the request, which is the caller's and not the log's.
      throw new IllegalStateException("a stored job's request is not JSON");
    }
  }
}
