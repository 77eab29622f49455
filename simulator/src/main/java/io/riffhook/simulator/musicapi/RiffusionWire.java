package io.riffhook.simulator.musicapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.audio.Song;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.media.Item;
import io.riffhook.simulator.media.MediaKind;
import io.riffhook.simulator.media.MediaStore;
import io.riffhook.simulator.work.Clip;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What {@code /riffusion} answers; "get music" as modified on June 27, 2025. */
final class RiffusionWire implements Wire {
  private static final String USER = "d1000000-0000-4000-8000-000000000001";
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final MediaStore media;

  RiffusionWire(MediaStore media) {
    this.media = media;
  }

  @Override
  public Reply outOfCredits() {
    return Replies.error(403, "Your credits are not enough");
  }

  /** The eleven fields of the page. Of a song that isn't made there is nothing to link to. */
  @Override
  public ObjectNode item(Task task, Result result, State state) {
    if (!(result instanceof Result.Song(Clip clip))) {
      throw new IllegalStateException("A task of riffusion makes songs");
    }
    Song song = media.recording(clip.brief()).song();
    boolean made = state == State.SUCCEEDED;
    Item item = new Item(USER, clip.id(), clip.brief());
    ObjectNode json = Json.object().put("clip_id", clip.id()).put("title", song.title());
    json.put("lyrics", song.lyrics());
    json.put("image_url", made ? media.url(item, MediaKind.JPG) : "");
    json.put("audio_url", made ? media.url(item, MediaKind.M4A) : "").putNull("video_url");
    json.put("created_at", MICROSECONDS.format(task.facts().time().started()));
    json.put("mv", task.facts().order().mv()).put("duration", made ? song.seconds() : 0);
    json.set("timestamp", SongItem.timestamp(song));
    return json.put("state", state.ofItem());
  }

  @Override
  public boolean showsRunningItems() {
    return true;
  }

  @Override
  public ObjectNode envelope(State state, ArrayNode items) {
    ObjectNode body = Json.object().put("code", 200);
    body.set("data", items);
    return body.put("message", "success");
  }
}
