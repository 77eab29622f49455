package io.riffhook.providers.riffgateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Provider.Audio;
import io.riffhook.domain.Provider.Order;
import io.riffhook.domain.Provider.SourceFile;
import io.riffhook.providers.http.ProviderJson;
import java.util.OptionalDouble;

/**
 * The bodies of {@code POST generate}, {@code generate/topic} and {@code upload}. The page of
 * generate calls the strengths of {@code morph} optional and those of the transforms call them
 * required, so they are always sent: in the middle of their range where the caller says nothing.
 */
final class RiffgatewayRequests {
  /** What stands for the words of a song without singing, as in its upstream's answers. */
  static final String INSTRUMENTAL = "[Instrumental]";

  private static final double MIDDLE = 0.5;

  /** As long as the gateway thinks right. */
  private static final double AUTOMATIC = 0;

  private RiffgatewayRequests() {}

  static ObjectNode generate(Order order) {
    ObjectNode body = ProviderJson.object();
    body.put("model", order.model().orElse(RiffgatewayProvider.MODELS.getFirst()));
    switch (order.operation()) {
      case Operation.Prompt prompt ->
          body.put("topic", prompt.prompt()).put("instrumental", prompt.instrumental());
      case Operation.Compose compose -> compose(body, compose);
      case Operation.Transform transform -> transform(body, transform, source(order));
    }
    return body;
  }

  private static void compose(ObjectNode body, Operation.Compose compose) {
    String lyrics =
        compose.lyrics().orElse(null) instanceof Operation.Lyrics.Written written
            ? written.text()
            : INSTRUMENTAL;
    body.put("lyrics", lyrics).put("tag", compose.sounds().getFirst().prompt());
    compose.title().ifPresent(title -> body.put("title", title));
    body.put("instrumental", compose.lyrics().isEmpty());
  }

  private static void transform(ObjectNode body, Operation.Transform transform, Audio source) {
    transform.lyrics().ifPresent(lyrics -> body.put("lyrics", lyrics));
    transform.prompt().ifPresent(prompt -> body.put("tag", prompt));
    transform.title().ifPresent(title -> body.put("title", title));
    body.put("instrumental", false);
    body.set("morph", morph(transform, source));
  }

  private static ObjectNode morph(Operation.Transform transform, Audio source) {
    ObjectNode morph = ProviderJson.object();
    switch (source) {
      case Audio.Made made -> morph.put("riff_id", made.providerSong());
      case Audio.Given given -> morph.put("audio_upload_id", given.id());
    }
    OptionalDouble seconds = OptionalDouble.empty();
    switch (transform.edit()) {
      case Operation.Edit.Cover _ -> morph.put("transform", "cover");
      case Operation.Edit.Extend extend -> {
        morph.put("transform", "extend");
        number(morph, "crop_end_at", extend.at());
        seconds = extend.seconds();
      }
      case Operation.Edit.Replace replace -> {
        morph.put("transform", "inpaint");
        number(morph, "replace_start_at", OptionalDouble.of(replace.start()));
        number(morph, "replace_end_at", replace.end());
      }
      case Operation.Edit.SwapSound _ -> morph.put("transform", "swap_sound");
      case Operation.Edit.SwapVocals _ -> morph.put("transform", "swap_vocals");
    }
    Operation.Controls controls = transform.controls();
    strength(morph, "normalized_lyrics_strength", controls.lyrics());
    strength(morph, "normalized_sound_prompt_strength", controls.prompt());
    strength(morph, "normalized_weirdness", controls.weirdness());
    if (transform.edit() instanceof Operation.Edit.Cover) {
      strength(morph, "normalized_cover_strength", controls.cover());
    }
    // Its pages' own word for a variation that is not asked for.
    morph.putNull("normalized_variation_strength");
    number(morph, "normalized_variation_strength", controls.variation());
    number(morph, "duration", OptionalDouble.of(seconds.orElse(AUTOMATIC)));
    return morph;
  }

  private static void strength(ObjectNode morph, String field, OptionalDouble value) {
    number(morph, field, OptionalDouble.of(value.orElse(MIDDLE)));
  }

  private static void number(ObjectNode morph, String field, OptionalDouble value) {
    value.ifPresent(number -> morph.set(field, ProviderJson.number(number)));
  }

  private static Audio source(Order order) {
    return order
        .source()
        .orElseThrow(() -> new IllegalArgumentException("a transform without its source"));
  }

  static ObjectNode upload(SourceFile file) {
    return ProviderJson.object().put("url", file.link().toString());
  }
}
