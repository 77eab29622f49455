package io.riffhook.providers.mureka;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Operation.Edit;
import io.riffhook.domain.Provider.Audio;
import io.riffhook.domain.Provider.Order;
import io.riffhook.providers.http.ProviderJson;

/**
 * The bodies of the calls that make songs (pages of 2026-01-21 and 2026-01-27). They always ask for
 * {@code async}: without it a call blocks until both songs are done, 30 to 90 s.
 */
final class MurekaRequests {
  private static final String INSTRUMENTAL = "/music/create-instrumental";

  private MurekaRequests() {}

  static String path(Operation operation) {
    return switch (operation) {
      case Operation.Prompt prompt -> prompt.instrumental() ? INSTRUMENTAL : "/music/create";
      case Operation.Compose compose ->
          compose.lyrics().isEmpty() ? INSTRUMENTAL : "/music/create-advanced";
      case Operation.Transform transform ->
          switch (transform.edit()) {
            case Edit.Extend _ -> "/music/extend";
            case Edit.Replace _ -> "/music/regenerate";
            case Edit.Cover _, Edit.SwapSound _, Edit.SwapVocals _ -> throw notOurs();
          };
    };
  }

  static ObjectNode create(Order order) {
    ObjectNode body = ProviderJson.object();
    switch (order.operation()) {
      case Operation.Prompt prompt -> body.put("prompt", prompt.prompt());
      case Operation.Compose compose -> compose(body, compose);
      case Operation.Transform transform -> edit(body, order, transform);
    }
    if (!(order.operation() instanceof Operation.Transform)) {
      // An edit is made with the model that made its song.
      order.model().ifPresent(model -> body.put("model", model));
    }
    body.put("async", true);
    order.callback().ifPresent(url -> body.put("replyUrl", url.toString()));
    return body.put("replyRef", order.job().value());
  }

  /** The archive of a song's stems (page of 2025-03-31). */
  static ObjectNode stems(String song) {
    return ProviderJson.object().put("song_id", song).put("type", "stem");
  }

  private static void compose(ObjectNode body, Operation.Compose compose) {
    String sound = compose.sounds().getFirst().prompt();
    switch (compose.lyrics().orElse(null)) {
      case Operation.Lyrics.Written written ->
          body.put("lyrics", written.text()).put("desc", sound);
      case Operation.Lyrics.Asked _ -> throw notOurs();
      case null -> body.put("prompt", sound);
    }
    compose.title().ifPresent(title -> body.put("title", title));
  }

  private static void edit(ObjectNode body, Order order, Operation.Transform transform) {
    if (!(order.source().orElse(null) instanceof Audio.Made made)) {
      throw notOurs();
    }
    body.put("song_id", made.providerSong());
    transform.lyrics().ifPresent(text -> body.put("lyrics", text));
    if (transform.edit() instanceof Edit.Replace replace) {
      body.put("start_milliseconds", Math.round(replace.start() * 1_000));
    }
  }

  private static IllegalArgumentException notOurs() {
    return new IllegalArgumentException("not one of its operations");
  }
}
