package io.riffhook.simulator.musicapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.audio.Song;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.media.Item;
import io.riffhook.simulator.media.MediaKind;
import io.riffhook.simulator.media.MediaStore;
import io.riffhook.simulator.settings.LiveSettings;
import io.riffhook.simulator.settings.ProducerDialect;
import io.riffhook.simulator.work.Clip;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What {@code /producer} answers, in the dialect that is set. */
final class ProducerWire implements Wire {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private final MediaStore media;
  private final LiveSettings settings;

  ProducerWire(MediaStore media, LiveSettings settings) {
    this.media = media;
    this.settings = settings;
  }

  @Override
  public Reply outOfCredits() {
    return Replies.typed(402, "insufficient_credits", "Not enough credits");
  }

  @Override
  public ObjectNode item(Task task, Result result, State state) {
    boolean audible = state == State.SUCCEEDED || state == State.RUNNING;
    return switch (result) {
      case Result.Song(Clip clip) -> song(task, clip, state, audible);
      case Result.File(Clip clip, MediaKind kind) -> {
        ObjectNode json = state(Json.object().put("clip_id", clip.id()), state);
        yield state == State.SUCCEEDED ? json.put("audio_url", media.url(item(clip), kind)) : json;
      }
      // What is read of lyrics is not documented.
      case Result.Words(String title, String lyrics) ->
          state(Json.object().put("title", title).put("lyrics", lyrics), state);
    };
  }

  /** In musicapi.ai's dialect the state stands in the items, so they are shown all the time. */
  @Override
  public boolean showsRunningItems() {
    return dialect() == ProducerDialect.MUSICAPI;
  }

  @Override
  public ObjectNode envelope(State state, ArrayNode items) {
    ObjectNode body = Json.object().put("code", 200);
    return switch (dialect()) {
      case MUSICAPI -> {
        body.set("data", items);
        yield body.put("message", "success");
      }
      case AIMUSICAPI -> {
        body.put("status", state.ofTask()).put("message", "success");
        body.set("data", state == State.FAILED ? Json.array() : items);
        yield body;
      }
    };
  }

  /**
   * A song; one that is still being made has a link already, for it can be listened to while it is
   * ("streaming").
   */
  private ObjectNode song(Task task, Clip clip, State state, boolean linked) {
    Song song = media.recording(clip.brief()).song();
    ObjectNode json = state(Json.object().put("clip_id", clip.id()), state);
    json.put("title", song.title()).put("sound", song.sound()).put("lyrics", song.lyrics());
    if (linked) {
      json.put("audio_url", media.url(item(clip), MediaKind.M4A));
      if (state == State.SUCCEEDED) {
        json.put("wav_url", media.url(item(clip), MediaKind.WAV));
        json.put("image_url", media.url(item(clip), MediaKind.JPG));
      }
    }
    if (dialect() == ProducerDialect.MUSICAPI) {
      json.putNull("video_url");
      json.put("created_at", SECONDS.format(task.facts().time().started()));
      json.put("mv", task.facts().order().mv()).put("seed", task.facts().order().seed());
      json.put("duration", song.seconds());
    }
    return json;
  }

  private ObjectNode state(ObjectNode item, State state) {
    return dialect() == ProducerDialect.MUSICAPI ? item.put("state", state.ofItem()) : item;
  }

  private ProducerDialect dialect() {
    return settings.get().providers().musicapi().producer();
  }

  private static Item item(Clip clip) {
    return new Item("producer", clip.id(), clip.brief());
  }
}
