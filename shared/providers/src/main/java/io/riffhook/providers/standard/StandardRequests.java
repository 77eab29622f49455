package io.riffhook.providers.standard;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Operation.Edit;
import io.riffhook.domain.Option;
import io.riffhook.domain.Provider.Audio;
import io.riffhook.domain.Provider.Order;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.standard.StandardMapping.Asked;
import io.riffhook.providers.standard.StandardMapping.Field;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The body of a create call, by a mapping. */
final class StandardRequests {
  private final StandardMapping mapping;
  private final boolean webhooks;

  /**
   * @param webhooks whether to ask for callbacks
   */
  StandardRequests(StandardMapping mapping, boolean webhooks) {
    this.mapping = mapping;
    this.webhooks = webhooks;
  }

  ObjectNode create(Order order) {
    Asked asked =
        Optional.ofNullable(mapping.operations().get(order.operation().kind()))
            .orElseThrow(() -> new IllegalArgumentException("not one of its operations"));
    ObjectNode body = ProviderJson.object();
    mapping.create().constants().forEach((place, value) -> put(body, place, value.deepCopy()));
    asked.constants().forEach((place, value) -> put(body, place, value.deepCopy()));
    Map<Option, Object> values = values(order.operation());
    asked
        .options()
        .forEach(
            (option, field) ->
                Optional.ofNullable(values.get(option))
                    .ifPresent(value -> put(body, field.at(), written(value, field))));
    order.source().ifPresent(audio -> source(body, asked, audio));
    mapping
        .create()
        .model()
        .ifPresent(place -> text(body, place, order.model().orElse(mapping.models().getFirst())));
    mapping.create().reference().ifPresent(place -> text(body, place, order.job().value()));
    if (webhooks) {
      order.callback().ifPresent(url -> callback(body, url.toString()));
    }
    return body;
  }

  private void callback(ObjectNode body, String url) {
    mapping
        .webhook()
        .ifPresent(
            webhook -> {
              text(body, webhook.url(), url);
              webhook.constants().forEach((place, value) -> put(body, place, value.deepCopy()));
            });
  }

  private static void source(ObjectNode body, Asked asked, Audio audio) {
    switch (audio) {
      case Audio.Made made ->
          asked
              .sourceSong()
              .ifPresent(place -> text(body, place, SongName.parse(made.providerSong()).song()));
      case Audio.Given given -> asked.source().ifPresent(place -> text(body, place, given.id()));
    }
  }

  private static Map<Option, Object> values(Operation operation) {
    Map<Option, Object> values = new EnumMap<>(Option.class);
    switch (operation) {
      case Operation.Prompt prompt -> {
        values.put(Option.PROMPT, prompt.prompt());
        values.put(Option.INSTRUMENTAL, prompt.instrumental());
      }
      case Operation.Compose compose -> {
        values.put(Option.PROMPT, compose.sounds().getFirst().prompt());
        values.put(Option.INSTRUMENTAL, compose.lyrics().isEmpty());
        compose.title().ifPresent(title -> values.put(Option.TITLE, title));
        switch (compose.lyrics().orElse(null)) {
          case Operation.Lyrics.Written written -> values.put(Option.LYRICS, written.text());
          case Operation.Lyrics.Asked asked -> values.put(Option.LYRICS_PROMPT, asked.prompt());
          case null -> {
            // Said by the flag.
          }
        }
        controls(values, compose.controls());
      }
      case Operation.Transform transform -> {
        transform.prompt().ifPresent(text -> values.put(Option.PROMPT, text));
        transform.title().ifPresent(text -> values.put(Option.TITLE, text));
        transform.lyrics().ifPresent(text -> values.put(Option.LYRICS, text));
        edit(values, transform.edit());
        controls(values, transform.controls());
      }
    }
    return values;
  }

  private static void edit(Map<Option, Object> values, Edit edit) {
    switch (edit) {
      case Edit.Extend extend -> {
        number(values, Option.AT, extend.at());
        number(values, Option.SECONDS, extend.seconds());
      }
      case Edit.Replace replace -> {
        values.put(Option.START, replace.start());
        number(values, Option.END, replace.end());
      }
      case Edit.Cover _, Edit.SwapSound _, Edit.SwapVocals _ -> {
        // They have no options of their own.
      }
    }
  }

  private static void controls(Map<Option, Object> values, Operation.Controls controls) {
    number(values, Option.LYRICS_STRENGTH, controls.lyrics());
    number(values, Option.PROMPT_STRENGTH, controls.prompt());
    number(values, Option.COVER_STRENGTH, controls.cover());
    number(values, Option.WEIRDNESS, controls.weirdness());
    number(values, Option.VARIATION, controls.variation());
    controls.seed().ifPresent(seed -> values.put(Option.SEED, (double) seed));
  }

  private static void number(Map<Option, Object> values, Option option, OptionalDouble value) {
    value.ifPresent(number -> values.put(option, number));
  }

  private static JsonNode written(Object value, Field field) {
    return switch (value) {
      case String text -> TextNode.valueOf(text);
      case Boolean flag -> BooleanNode.valueOf(flag);
      case Double ours -> number(scaled(ours, field), field);
      default -> throw new IllegalStateException("no option has a value of " + value.getClass());
    };
  }

  private static double scaled(double ours, Field field) {
    return field
        .scale()
        .map(scale -> scale.min() + ours * (scale.max() - scale.min()))
        .orElse(ours);
  }

  private static JsonNode number(double value, Field field) {
    return switch (field.as()) {
      case NUMBER -> ProviderJson.number(value);
      case WHOLE -> ProviderJson.number((double) Math.round(value));
      case TEXT -> TextNode.valueOf(ProviderJson.number(value).asText());
    };
  }

  private static void text(ObjectNode body, JsonPointer place, String text) {
    put(body, place, TextNode.valueOf(text));
  }

  /** Puts a value to its place, in objects that are made where they are not there. */
  private static void put(ObjectNode body, JsonPointer place, JsonNode value) {
    ObjectNode object = body;
    JsonPointer left = place;
    while (!left.tail().matches()) {
      object =
          object.get(left.getMatchingProperty()) instanceof ObjectNode inner
              ? inner
              : object.putObject(left.getMatchingProperty());
      left = left.tail();
    }
    object.set(left.getMatchingProperty(), value);
  }
}
