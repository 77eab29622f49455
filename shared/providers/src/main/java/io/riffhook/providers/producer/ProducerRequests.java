package io.riffhook.providers.producer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Operation.Edit;
import io.riffhook.domain.Provider.Audio;
import io.riffhook.domain.Provider.Order;
import io.riffhook.providers.http.ProviderJson;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * The bodies of {@code producer/create}. It has one field for the style of a song, {@code sound},
 * so a song has one sound prompt.
 */
final class ProducerRequests {
  private ProducerRequests() {}

  /**
   * @param secret what callbacks are to be signed with; without one of ours the provider would sign
   *     with its own
   */
  static ObjectNode create(Order order, ProducerDialect dialect, Supplier<String> secret) {
    ObjectNode body = ProviderJson.object();
    switch (order.operation()) {
      case Operation.Prompt prompt -> {
        body.put("task_type", "create_music");
        sound(body, prompt.prompt(), prompt.instrumental(), dialect);
      }
      case Operation.Compose compose -> compose(body, compose, dialect);
      case Operation.Transform transform -> transform(body, transform, source(order));
    }
    order.model().ifPresent(model -> body.put("mv", model));
    order
        .callback()
        .ifPresent(
            url -> body.put("webhook_url", url.toString()).put("webhook_secret", secret.get()));
    return body;
  }

  private static void compose(ObjectNode body, Operation.Compose compose, ProducerDialect dialect) {
    body.put("task_type", "create_music");
    sound(body, compose.sounds().getFirst().prompt(), compose.lyrics().isEmpty(), dialect);
    if (compose.lyrics().orElse(null) instanceof Operation.Lyrics.Written written) {
      body.put("lyrics", written.text());
    }
    compose.title().ifPresent(title -> body.put("title", title));
    // A text in its answers, and in the other dialect's requests.
    compose.controls().seed().ifPresent(seed -> body.put("seed", Long.toString(seed)));
  }

  /**
   * The sound. That there should be no singing is said in it: musicapi.ai ignores {@code
   * make_instrumental} and says to do so, and aimusicapi.ai runs the same model.
   */
  private static void sound(
      ObjectNode body, String sound, boolean instrumental, ProducerDialect dialect) {
    body.put("sound", instrumental ? sound + ", instrumental, no vocals" : sound);
    if (instrumental && dialect == ProducerDialect.AIMUSICAPI) {
      body.put("make_instrumental", true);
    }
  }

  private static void transform(ObjectNode body, Operation.Transform transform, String clip) {
    switch (transform.edit()) {
      case Edit.Cover _ -> {
        body.put("task_type", "cover_music").put("clip_id", clip);
        number(body, "strength", transform.controls().cover());
        transform.prompt().ifPresent(text -> body.put("sound", text));
        transform.lyrics().ifPresent(text -> body.put("lyrics", text));
      }
      case Edit.Extend extend -> {
        body.put("task_type", "extend_music").put("clip_id", clip);
        number(body, "starts_at", extend.at());
        number(body, "length", extend.seconds());
        transform.prompt().ifPresent(text -> body.put("instruction", text));
      }
      case Edit.Replace replace -> {
        body.put("task_type", "replace_music").put("clip_id", clip);
        number(body, "starts_at", OptionalDouble.of(replace.start()));
        number(body, "ends_at", replace.end());
        transform.prompt().ifPresent(text -> body.put("instruction", text));
      }
      case Edit.SwapSound _, Edit.SwapVocals _ ->
          throw new IllegalArgumentException("not one of its operations");
    }
  }

  private static String source(Order order) {
    return switch (order.source().orElseThrow()) {
      case Audio.Made made -> made.providerSong();
      case Audio.Given given -> given.id();
    };
  }

  private static void number(ObjectNode body, String field, OptionalDouble value) {
    value.ifPresent(number -> body.set(field, ProviderJson.number(number)));
  }
}
