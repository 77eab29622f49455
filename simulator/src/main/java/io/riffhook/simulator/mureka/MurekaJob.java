package io.riffhook.simulator.mureka;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.audio.Song;
import io.riffhook.simulator.calls.CallbackSender;
import io.riffhook.simulator.calls.Post;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.media.Item;
import io.riffhook.simulator.media.MediaKind;
import io.riffhook.simulator.media.MediaStore;
import io.riffhook.simulator.settings.CallbackSettings;
import io.riffhook.simulator.work.Clip;
import io.riffhook.simulator.work.Ending;
import io.riffhook.simulator.work.Environment;
import io.riffhook.simulator.work.Notice;
import io.riffhook.simulator.work.Work;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A job: its record is what a read, a blocking call and the callbacks all give. Safe for use by
 * several threads.
 */
final class MurekaJob implements Work {
  static final String ACCOUNT = "123456";

  private static final int DONE = 3;

  private final Facts facts;
  private final Parts parts;
  private volatile Optional<Ending> ending = Optional.empty();

  /**
   * What was asked for.
   *
   * @param verb the call that made it; the page shows the field and none of its values
   * @param feed the number that its two songs share
   */
  record Facts(
      String id, String verb, int feed, List<Clip> songs, ObjectNode request, Instant created) {}

  /** What a job needs of the service. */
  record Parts(MediaStore media, CallbackSender sender, Environment environment) {}

  MurekaJob(Facts facts, Parts parts) {
    this.facts = facts;
    this.parts = parts;
  }

  Facts facts() {
    return facts;
  }

  boolean running() {
    return ending.isEmpty();
  }

  @Override
  public String id() {
    return facts.id();
  }

  @Override
  public String text() {
    return facts.request().toString();
  }

  @Override
  public void finish(Ending how) {
    ending = Optional.of(how);
  }

  /** "Webhook fires for created too": a notice of progress is one that says no more than that. */
  @Override
  public void tell(Notice notice, CallbackSettings how) throws InterruptedException {
    ObjectNode body =
        switch (notice) {
          case Notice.Progress _ -> record(Optional.empty());
          case Notice.End(Ending end) -> record(Optional.of(end));
        };
    parts.sender().send(new Post(facts.request().path("replyUrl").asText(""), body), how);
  }

  ObjectNode record() {
    return record(ending);
  }

  private ObjectNode record(Optional<Ending> as) {
    ObjectNode json =
        Json.object()
            .put("jobid", facts.id())
            .put("verb", facts.verb())
            .put("jobType", "music")
            .put(
                "status",
                as.map(each -> each == Ending.COMPLETED ? "completed" : "failed").orElse("created"))
            .put("created", facts.created().toString())
            .put("updated", parts.environment().clock().instant().toString());
    json.set("request", facts.request().deepCopy().put("account", ACCOUNT));
    as.ifPresent(
        each -> {
          switch (each) {
            case COMPLETED -> json.set("response", response());
            case FAILED ->
                json.put("error", "Generation failed").put("errorDetails", "upstream state 5");
          }
        });
    return json;
  }

  /** What a blocking call answers, and a job holds once it is completed. */
  ObjectNode response() {
    ObjectNode json = Json.object().put("feed_id", facts.feed()).put("state", DONE);
    ArrayNode list = json.putArray("songs");
    for (int index = 0; index < facts.songs().size(); index++) {
      list.add(
          song(facts.songs().get(index), parts.media())
              .put("version", Integer.toString(index + 1)));
    }
    return json;
  }

  /** A song as records and the library give it. */
  static ObjectNode song(Clip clip, MediaStore media) {
    Song song = media.recording(clip.brief()).song();
    Item item = new Item("songs", clip.id(), clip.brief());
    return Json.object()
        .put("song_id", clip.id())
        .put("title", song.title())
        .put("duration_milliseconds", Math.round(song.seconds() * 1000))
        .put("mp3_url", media.url(item, MediaKind.MP3))
        .put("cover", media.url(item, MediaKind.JPG));
  }
}
