package io.riffhook.providers.useapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Provider.Audio;
import io.riffhook.domain.Provider.Order;
import io.riffhook.providers.http.ProviderJson;
import java.util.List;
import java.util.Optional;

/** The bodies of create-prompt (page of 2025-02-17) and create-compose (page of 2025-03-28). */
final class UseapiRequests {
  private UseapiRequests() {}

  /**
   * @param lyrics what was written for an order that asked for lyrics
   */
  static ObjectNode create(Order order, Optional<String> lyrics) {
    ObjectNode body = ProviderJson.object();
    switch (order.operation()) {
      case Operation.Prompt prompt ->
          body.put("prompt", prompt.prompt()).put("instrumental", prompt.instrumental());
      case Operation.Compose compose -> {
        compose(body, compose, lyrics);
        files(body, order);
      }
      case Operation.Transform _ -> throw new IllegalArgumentException("not one of its operations");
    }
    order.model().ifPresent(model -> body.put("model", model));
    order.callback().ifPresent(url -> body.put("replyUrl", url.toString()));
    return body.put("replyRef", order.job().value());
  }

  /** The call that writes lyrics (page of 2025-02-20). */
  static ObjectNode lyrics(Operation.Lyrics.Asked asked) {
    return ProviderJson.object().put("prompt", asked.prompt());
  }

  private static void files(ObjectNode body, Order order) {
    Optional<UseapiUploads.Id> image = order.image().map(UseapiUploads.Id::parse);
    image.ifPresent(id -> body.put("image_id", id.value()));
    Optional<String> account = image.flatMap(UseapiUploads.Id::account);
    if (order.source().orElse(null) instanceof Audio.Given given) {
      UseapiUploads.Id audio = UseapiUploads.Id.parse(given.id());
      body.put("audio_upload_id", audio.value());
      account = audio.account().or(() -> image.flatMap(UseapiUploads.Id::account));
    }
    account.ifPresent(name -> body.put("user_id", name));
  }

  private static void compose(
      ObjectNode body, Operation.Compose compose, Optional<String> written) {
    compose.title().ifPresent(title -> body.put("title", title));
    if (compose.lyrics().orElse(null) instanceof Operation.Lyrics.Written ours) {
      body.put("lyrics", ours.text());
    }
    written.ifPresent(text -> body.put("lyrics", text));
    Operation.Controls controls = compose.controls();
    controls.lyrics().ifPresent(value -> body.put("lyrics_strength", percent(value)));
    controls.weirdness().ifPresent(value -> body.put("lyrics_weirdness", percent(value)));
    List<Operation.Sound> sounds = compose.sounds();
    for (int i = 0; i < sounds.size(); i++) {
      sound(body, "prompt_" + (i + 1), sounds.get(i));
    }
  }

  private static void sound(ObjectNode body, String name, Operation.Sound sound) {
    body.put(name, sound.prompt());
    // The page's range is 20 to 100: our 0 is its weakest.
    sound
        .strength()
        .ifPresent(value -> body.put(name + "_strength", 20 + (int) Math.round(value * 80)));
    sound.start().ifPresent(value -> body.put(name + "_start", percent(value)));
    sound.end().ifPresent(value -> body.put(name + "_end", percent(value)));
  }

  private static int percent(double value) {
    return (int) Math.round(value * 100);
  }
}
