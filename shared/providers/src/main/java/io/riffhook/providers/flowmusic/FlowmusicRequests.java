package io.riffhook.providers.flowmusic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Operation.Edit;
import io.riffhook.domain.Provider.Audio;
import io.riffhook.domain.Provider.Order;
import io.riffhook.providers.http.ProviderJson;

/**
 * The bodies of {@code POST music} and {@code POST music/edit} (pages of 2026-06-03). They always
 * ask for {@code mode=async}: without it a call blocks until the song is done, 40 to 150 s.
 */
final class FlowmusicRequests {
  private FlowmusicRequests() {}

  static String path(Operation operation) {
    return switch (operation) {
      case Operation.Prompt _, Operation.Compose _ -> "/music";
      case Operation.Transform _ -> "/music/edit";
    };
  }

  static ObjectNode create(Order order) {
    ObjectNode body = ProviderJson.object();
    switch (order.operation()) {
      case Operation.Prompt prompt ->
          body.put("prompt", prompt.prompt()).put("instrumental", prompt.instrumental());
      case Operation.Compose compose -> compose(body, compose);
      case Operation.Transform transform -> edit(body, order, transform);
    }
    body.put("mode", "async");
    order.callback().ifPresent(url -> body.put("replyUrl", url.toString()));
    return body.put("replyRef", order.job().value());
  }

  /** The separation of a clip into stems, which has no {@code mode}: it always blocks. */
  static ObjectNode stems(String clip) {
    return ProviderJson.object().put("operation", "stems").put("clip", clip);
  }

  private static void compose(ObjectNode body, Operation.Compose compose) {
    body.put("prompt", compose.sounds().getFirst().prompt());
    body.put("instrumental", compose.lyrics().isEmpty());
    if (compose.lyrics().orElse(null) instanceof Operation.Lyrics.Written written) {
      body.put("lyrics", written.text());
    }
  }

  private static void edit(ObjectNode body, Order order, Operation.Transform transform) {
    Operation.Controls controls = transform.controls();
    body.put("operation", operation(transform.edit())).put("clip", clip(order));
    transform.prompt().ifPresent(text -> body.put("instruction", text));
    switch (transform.edit()) {
      case Edit.Cover _ ->
          controls.cover().ifPresent(close -> number(body, "strength", distance(close)));
      case Edit.Extend extend -> {
        extend.seconds().ifPresent(length -> number(body, "extend_s", length));
        extend.at().ifPresent(from -> number(body, "extend_from_s", from));
      }
      case Edit.Replace replace -> {
        number(body, "mask_start_s", replace.start());
        replace.end().ifPresent(end -> number(body, "mask_end_s", end));
      }
      case Edit.SwapSound _, Edit.SwapVocals _ -> throw notOurs();
    }
    transform.title().ifPresent(title -> body.put("title", title));
    controls.seed().ifPresent(seed -> body.put("seed", seed));
  }

  /** Theirs is how far to go from the original, ours how close to stay to it. In thousandths. */
  private static double distance(double closeness) {
    return Math.round((1 - closeness) * 1_000) / 1_000.0;
  }

  private static String operation(Edit edit) {
    return switch (edit) {
      case Edit.Cover _ -> "cover";
      case Edit.Extend _ -> "extend";
      case Edit.Replace _ -> "replace";
      case Edit.SwapSound _, Edit.SwapVocals _ -> throw notOurs();
    };
  }

  private static String clip(Order order) {
    return switch (order.source().orElse(null)) {
      case Audio.Made made -> made.providerSong();
      case Audio.Given _ -> throw notOurs();
      case null -> throw notOurs();
    };
  }

  private static IllegalArgumentException notOurs() {
    return new IllegalArgumentException("not one of its operations");
  }

  private static void number(ObjectNode body, String field, double value) {
    if (value == Math.rint(value)) {
      body.put(field, (long) value);
    } else {
      body.put(field, value);
    }
  }
}
