package io.riffhook.simulator.flowmusic;

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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A job: its record is what a read, a blocking call and the callback all give. Safe for use by
 * several threads.
 */
final class FlowmusicJob implements Work {
  /** The one account. */
  static final String EMAIL = "me@example.com";

  private static final String USER = "user:777-" + EMAIL;

  private final Facts facts;
  private final Parts parts;
  private volatile Optional<End> end = Optional.empty();

  /**
   * What was asked for.
   *
   * @param operation of an edit, else empty
   * @param clips what it makes
   * @param request the request as it came
   */
  record Facts(
      String id, Optional<String> operation, List<Clip> clips, ObjectNode request, Instant begun) {}

  /** What a job needs of the service. */
  record Parts(MediaStore media, CallbackSender sender, Environment environment) {}

  private record End(Ending how, Instant at) {}

  FlowmusicJob(Facts facts, Parts parts) {
    this.facts = facts;
    this.parts = parts;
  }

  /** The form of a job's id. */
  static String jobId(String uuid) {
    return "job:" + uuid + "-" + USER + "-bot:flowmusic";
  }

  /** The form of a clip's id. */
  static String clipId(String uuid) {
    return USER + "-clip:" + uuid;
  }

  /** The part of a clip's id that is its own, or nothing where the id is no clip's. */
  static Optional<String> uuid(String clipId) {
    String prefix = USER + "-clip:";
    return clipId.startsWith(prefix)
        ? Optional.of(clipId.substring(prefix.length()))
        : Optional.empty();
  }

  Facts facts() {
    return facts;
  }

  Optional<Ending> ending() {
    return end.map(End::how);
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
    end = Optional.of(new End(how, parts.environment().clock().instant()));
  }

  /** "Callback fires on completed/failed". */
  @Override
  public void tell(Notice notice, CallbackSettings how) throws InterruptedException {
    if (notice instanceof Notice.End(Ending ending)) {
      ObjectNode body = record(Optional.of(new End(ending, parts.environment().clock().instant())));
      parts.sender().send(new Post(facts.request().path("replyUrl").asText(""), body), how);
    }
  }

  ObjectNode record() {
    return record(end);
  }

  private ObjectNode record(Optional<End> as) {
    ObjectNode json = Json.object().put("jobid", facts.id()).put("email", EMAIL);
    facts.operation().ifPresent(operation -> json.put("operation", operation));
    json.put("status", as.map(each -> word(each.how())).orElse("pending"));
    json.put("created_at", facts.begun().toString());
    as.ifPresent(
        each -> {
          json.put("completed_at", each.at().toString())
              .put("duration_ms", Duration.between(facts.begun(), each.at()).toMillis());
          switch (each.how()) {
            case COMPLETED -> json.set("clips", clips());
            case FAILED ->
                json.putObject("error").put("code", 500).put("message", "Generation failed");
          }
        });
    json.set("request", facts.request());
    if (facts.request().has("replyRef")) {
      json.set("replyRef", facts.request().get("replyRef"));
    }
    return json;
  }

  private static String word(Ending ending) {
    return switch (ending) {
      case COMPLETED -> "completed";
      case FAILED -> "failed";
    };
  }

  private ArrayNode clips() {
    ArrayNode list = Json.array();
    facts.clips().forEach(clip -> list.add(clip(clip, parts.media())));
    return list;
  }

  /** A clip as records and listings give it. */
  static ObjectNode clip(Clip clip, MediaStore media) {
    Song song = media.recording(clip.brief()).song();
    Item item = new Item("clips", clip.id(), clip.brief());
    ObjectNode json =
        Json.object()
            .put("clip", clipId(clip.id()))
            .put("title", song.title())
            .put("duration_s", song.seconds())
            .put("lyrics", song.lyrics())
            .put("seed", 12345);
    if (song.words().isEmpty()) {
      json.putNull("lyrics_timing");
    } else {
      ArrayNode timing = json.putArray("lyrics_timing");
      song.words().forEach(word -> timing.addArray().add(word.start()).add(word.end()));
    }
    return json.put("audio_url", media.url(item, MediaKind.M4A))
        .put("wav_url", media.url(item, MediaKind.WAV))
        .put("image_url", media.url(item, MediaKind.JPG));
  }
}
