package io.riffhook.simulator.riffgateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.audio.Song;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.media.Item;
import io.riffhook.simulator.media.MediaKind;
import io.riffhook.simulator.media.MediaStore;
import io.riffhook.simulator.settings.RiffgatewaySettings;
import io.riffhook.simulator.work.Clip;
import io.riffhook.simulator.work.Environment;
import io.riffhook.simulator.work.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code GET /riffusion/feed/{id1},{id2}}: how far songs are, and the songs. */
final class FeedCalls {
  private final Store<Batch> batches;
  private final MediaStore media;
  private final Environment environment;

  FeedCalls(Store<Batch> batches, MediaStore media, Environment environment) {
    this.batches = batches;
    this.media = media;
    this.environment = environment;
  }

  /** What an unknown id gives is not documented; ours is 404. */
  Reply feed(String ids) {
    List<String> asked = List.of(ids.split(",", -1));
    Map<Batch, Batch.Sight> sights = new LinkedHashMap<>();
    for (String id : asked) {
      Optional<Batch> batch = batches.find(id);
      if (batch.isEmpty()) {
        return Replies.error(404, "riff " + id + " is not known");
      }
      sights.computeIfAbsent(
          batch.get(), found -> found.look(environment.clock().instant(), environment.settings()));
    }
    return Reply.json(200, answer(asked, sights));
  }

  private ObjectNode answer(List<String> asked, Map<Batch, Batch.Sight> sights) {
    RiffgatewaySettings how = environment.settings().get().providers().riffgateway();
    boolean failed = sights.values().stream().anyMatch(Batch.Sight::failed);
    boolean done = sights.values().stream().allMatch(Batch.Sight::done);
    int percent = sights.values().stream().mapToInt(Batch.Sight::percent).min().orElse(0);
    ArrayNode songs = Json.array();
    sights.forEach((batch, sight) -> add(songs, asked, batch, sight));
    ObjectNode body = Json.object();
    body.put("status", failed ? how.failedStatus() : done ? "success" : "process");
    body.put("process", percent);
    if (!songs.isEmpty() || how.generations()) {
      body.set("generations", songs);
    }
    return body;
  }

  private void add(ArrayNode songs, List<String> asked, Batch batch, Batch.Sight sight) {
    List<Clip> riffs = batch.order().riffs();
    for (int index = 0; index < sight.visible(); index++) {
      if (asked.contains(riffs.get(index).id())) {
        songs.add(song(batch.order(), riffs.get(index), index < sight.audible()));
      }
    }
  }

  private ObjectNode song(Batch.Order order, Clip riff, boolean audible) {
    Song song = media.recording(riff.brief()).song();
    ObjectNode json = Json.object().put("id", riff.id()).put("title", song.title());
    order.topic().ifPresentOrElse(topic -> json.put("topic", topic), () -> json.putNull("topic"));
    json.put("sound", order.sound().filter(sound -> !sound.isEmpty()).orElse(song.sound()));
    json.put("lyrics", song.lyrics()).put("duration_s", song.seconds());
    json.put("model_display_name", order.model());
    if (audible) {
      Item item = new Item("riffs", riff.id(), riff.brief());
      json.put("audio_url", media.url(item, MediaKind.M4A));
      json.put("image_url", media.url(item, MediaKind.JPG));
    }
    return json;
  }
}
