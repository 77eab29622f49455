package io.riffhook.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Format;
import io.riffhook.domain.JobRequest;
import io.riffhook.domain.Operation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A job's request as JSON in one attribute: it is written once and read whole, and no condition
 * looks into it.
 */
final class RequestJson {
  private static final JsonMapper JSON = new JsonMapper();

  private RequestJson() {}

  static String write(JobRequest request) {
    ObjectNode node = JSON.createObjectNode();
    node.set("operation", operation(request.operation()));
    request.provider().ifPresent(provider -> node.put("provider", provider));
    request.model().ifPresent(model -> node.put("model", model));
    ArrayNode formats = node.putArray("formats");
    request.formats().forEach(format -> formats.add(format.value()));
    request.reference().ifPresent(reference -> node.put("reference", reference));
    return node.toString();
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
        text(node, "reference"));
  }

  static Format format(String value) {
    return Format.of(value)
        .orElseThrow(() -> new IllegalStateException("a stored job has the format " + value));
  }

  private static ObjectNode operation(Operation operation) {
    ObjectNode node = JSON.createObjectNode().put("kind", operation.kind().value());
    switch (operation) {
      case Operation.Prompt prompt ->
          node.put("prompt", prompt.prompt()).put("instrumental", prompt.instrumental());
      case Operation.Compose compose -> {
        compose.title().ifPresent(title -> node.put("title", title));
        compose.lyrics().ifPresent(lyrics -> node.put("lyrics", lyrics));
        compose.lyricsStrength().ifPresent(strength -> node.put("lyricsStrength", strength));
        compose.weirdness().ifPresent(weirdness -> node.put("weirdness", weirdness));
        ArrayNode sounds = node.putArray("sounds");
        compose.sounds().forEach(sound -> sounds.add(sound(sound)));
      }
    }
    return node;
  }

  private static ObjectNode sound(Operation.Sound sound) {
    ObjectNode node = JSON.createObjectNode().put("prompt", sound.prompt());
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
            text(node, "lyrics"),
            number(node, "lyricsStrength"),
            number(node, "weirdness"),
            sounds);
      }
      case COVER, EXTEND, REPLACE, SWAP_SOUND, SWAP_VOCALS ->
          throw new IllegalStateException("a stored job asks for " + word);
    };
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
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      // Without the cause: its message quotes the request, which is the caller's and not the log's.
      throw new IllegalStateException("a stored job's request is not JSON");
    }
  }
}
