package io.riffhook.providers.musicapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Provider.Audio;
import io.riffhook.domain.Provider.Order;
import io.riffhook.domain.Provider.SourceFile;
import io.riffhook.providers.http.ProviderJson;

/**
 * The bodies of {@code POST create} and {@code POST upload}. What the pages seen do not tell is
 * taken from its successor, the vendor's producer section: {@code starts_at} and {@code ends_at} of
 * a replacement, and {@code strength} of a cover. That {@code continue_clip_id} names the original
 * of every transform, as it does of an extension, is deduced.
 */
final class MusicapiRequests {
  private MusicapiRequests() {}

  static ObjectNode create(Order order) {
    ObjectNode body = ProviderJson.object();
    switch (order.operation()) {
      case Operation.Prompt prompt -> body.put("custom_mode", false).put("prompt", prompt.prompt());
      case Operation.Compose compose -> compose(body, compose);
      case Operation.Transform transform -> transform(body, transform, source(order));
    }
    return body.put("mv", order.model().orElse(MusicapiProvider.MODELS.getFirst()));
  }

  private static void compose(ObjectNode body, Operation.Compose compose) {
    body.put("custom_mode", true).put("make_instrumental", compose.lyrics().isEmpty());
    if (compose.lyrics().orElse(null) instanceof Operation.Lyrics.Written written) {
      body.put("lyrics", written.text());
    }
    compose.title().ifPresent(title -> body.put("title", title));
    body.put("sound", compose.sounds().getFirst().prompt());
  }

  private static void transform(ObjectNode body, Operation.Transform transform, Audio source) {
    body.put("custom_mode", true);
    transform.lyrics().ifPresent(lyrics -> body.put("lyrics", lyrics));
    transform.title().ifPresent(title -> body.put("title", title));
    transform.prompt().ifPresent(prompt -> body.put("sound", prompt));
    switch (transform.edit()) {
      // Whole seconds, and none that the song does not have: rounded down.
      case Operation.Edit.Extend extend ->
          extend.at().ifPresent(at -> body.put("continue_at", (long) at));
      case Operation.Edit.Replace replace -> {
        body.set("starts_at", ProviderJson.number(replace.start()));
        replace.end().ifPresent(end -> body.set("ends_at", ProviderJson.number(end)));
      }
      case Operation.Edit.Cover _ ->
          transform
              .controls()
              .cover()
              .ifPresent(strength -> body.set("strength", ProviderJson.number(strength)));
      case Operation.Edit.SwapSound _, Operation.Edit.SwapVocals _ -> {
        // They have no fields of their own.
      }
    }
    switch (source) {
      case Audio.Made made ->
          body.put("continue_clip_id", made.providerSong())
              .put("task_type", ofSong(transform.edit()));
      case Audio.Given given ->
          body.put("continue_clip_id", given.id()).put("task_type", ofUpload(transform.edit()));
    }
  }

  private static Audio source(Order order) {
    return order
        .source()
        .orElseThrow(() -> new IllegalArgumentException("a transform without its source"));
  }

  private static String ofSong(Operation.Edit edit) {
    return switch (edit) {
      case Operation.Edit.Cover _ -> "cover_music";
      case Operation.Edit.Extend _ -> "extend_music";
      case Operation.Edit.Replace _ -> "replace_music";
      case Operation.Edit.SwapSound _ -> "swap_music_sound";
      case Operation.Edit.SwapVocals _ -> "swap_music_vocals";
    };
  }

  private static String ofUpload(Operation.Edit edit) {
    return switch (edit) {
      case Operation.Edit.Cover _ -> "cover_upload_music";
      case Operation.Edit.Extend _ -> "extend_upload_music";
      case Operation.Edit.Replace _ -> "replace_upload_music";
      case Operation.Edit.SwapSound _ -> "swap_upload_music_sound";
      case Operation.Edit.SwapVocals _ -> "swap_upload_music_vocals";
    };
  }

  static ObjectNode upload(SourceFile file) {
    return ProviderJson.object().put("url", file.link().toString());
  }
}
