package io.riffhook.simulator.useapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.audio.Song;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.media.Item;
import io.riffhook.simulator.media.MediaKind;
import io.riffhook.simulator.media.MediaStore;
import io.riffhook.simulator.useapi.SimulatedSong.Facts;
import io.riffhook.simulator.useapi.SimulatedSong.Status;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * A song as {@code GET /music} gives it: the fields of the vendor's page, all of them, in its
 * order.
 */
final class SongJson {
  /** Five digits of a second, as in the page's {@code 2025-02-12T12:22:33.12345Z}. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSS'Z'").withZone(ZoneOffset.UTC);

  private final MediaStore media;

  SongJson(MediaStore media) {
    this.media = media;
  }

  ObjectNode write(SimulatedSong simulated) {
    Facts facts = simulated.facts();
    Status status = simulated.status();
    Song song = media.recording(facts.brief()).song();
    ObjectNode json =
        Json.object().put("id", facts.id()).put("group_id", "").put("author_id", facts.userId());
    json.put("created_at", TIME.format(facts.createdAt())).put("audio_variation", song.sound());
    json.put("lyrics", song.lyrics()).put("lyrics_timestamped", timestamps(song));
    json.put("title", song.title()).putNull("image_override").put("conditions", conditions(song));
    json.put("sound", song.sound()).put("topic", song.topic()).put("image_id", imageId(facts));
    json.put("simple_waveform", waveform(song)).putNull("remix_parent_id");
    json.put("duration_s", Math.round(song.seconds() * 100) / 100.0).put("privacy", "unlisted");
    json.putNull("transform").putNull("parent_riff_id").putNull("audio_upload_id");
    json.put("is_favorite", false).put("favorite_count", 0).put("play_count", 0);
    json.put("status", status.wire());
    if (status == Status.COMPLETED) {
      json.put("download_url", media.url(item(facts), MediaKind.M4A));
      json.put("share_url", "https://www.riffusion.com/riff/" + facts.id());
      json.put("image_url", media.url(item(facts), MediaKind.JPEG));
    }
    return json;
  }

  static Item item(Facts facts) {
    return new Item(facts.userId(), facts.id(), facts.brief());
  }

  private static String imageId(Facts facts) {
    return UUID.nameUUIDFromBytes(facts.id().getBytes(StandardCharsets.UTF_8)).toString();
  }

  /**
   * The content of this and the two below is ours, after the upstream web API; that they are text
   * holding JSON is documented.
   */
  private static String timestamps(Song song) {
    ArrayNode words = Json.array();
    song.words()
        .forEach(
            word ->
                words
                    .addObject()
                    .put("text", word.text())
                    .put("start", round(word.start()))
                    .put("end", round(word.end())));
    return Json.text(Json.object().set("words", words));
  }

  private static String conditions(Song song) {
    ArrayNode conditions = Json.array();
    ObjectNode sound = conditions.addObject().put("prompt", song.sound());
    sound.put("strength", 0.5).put("condition_start", 0).put("condition_end", 1);
    if (!song.brief().instrumental()) {
      ObjectNode lyrics = conditions.addObject().put("lyrics", song.lyrics());
      lyrics.put("strength", 0.5).put("condition_start", 0).put("condition_end", 1);
    }
    return Json.text(conditions);
  }

  private static String waveform(Song song) {
    ArrayNode values = Json.array();
    song.waveform().forEach(values::add);
    return Json.text(values);
  }

  private static double round(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }
}
