package io.riffhook.simulator.mureka;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.audio.LyricWriter;
import io.riffhook.simulator.calls.BadRequest;
import io.riffhook.simulator.calls.CallbackSender;
import io.riffhook.simulator.calls.Fields;
import io.riffhook.simulator.http.Body;
import io.riffhook.simulator.http.Call;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.media.MediaStore;
import io.riffhook.simulator.settings.FaultSettings;
import io.riffhook.simulator.settings.LiveSettings;
import io.riffhook.simulator.work.Clip;
import io.riffhook.simulator.work.Environment;
import io.riffhook.simulator.work.Generation;
import io.riffhook.simulator.work.Provider;
import io.riffhook.simulator.work.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Mureka API v1, and the host of its files. */
public final class Mureka implements Provider {
  /** What stands before the paths of the API. */
  public static final String BASE = "/v1/mureka";

  private static final String JOB = BASE + "/jobs/";
  private static final String SONG = BASE + "/music/";
  private static final String ARCHIVES = "/mureka-archives/";

  private final LiveSettings settings;
  private final Supplier<String> origin;
  private final MediaStore media;
  private final Generation generation;
  private final CallbackSender sender = new CallbackSender();
  private final Store<MurekaJob> jobs = new Store<>();
  private final Store<Clip> songs = new Store<>();
  private final MusicCalls music;

  /** A service without songs. */
  public Mureka(Environment environment) {
    this.settings = environment.settings();
    this.origin = environment.origin();
    this.media = new MediaStore("/mureka-files/", environment);
    this.generation = new Generation(settings);
    this.music =
        new MusicCalls(jobs, songs, new MurekaJob.Parts(media, sender, environment), generation);
  }

  @Override
  public boolean serves(String path) {
    return path.startsWith(BASE + "/") || media.serves(path) || path.startsWith(ARCHIVES);
  }

  @Override
  public Reply answer(Call call) {
    if (media.serves(call.path())) {
      return media.fetch(call);
    }
    if (call.path().startsWith(ARCHIVES)) {
      return archive(call);
    }
    FaultSettings faults = settings.get().faults();
    if (faults.decommissioned()) {
      return Replies.error(410, "Job has expired");
    }
    if (faults.unauthorized() || !call.authorization().equals("Bearer " + settings.get().token())) {
      return Replies.error(401, "Unauthorized");
    }
    if (faults.accountError() && !call.path().equals(BASE + "/accounts")) {
      return Replies.accountError();
    }
    try {
      return route(call);
    } catch (BadRequest e) {
      return Replies.error(400, e.error());
    }
  }

  @Override
  public void close() {
    generation.close();
    sender.close();
  }

  private Reply route(Call call) {
    String route = call.method() + " " + call.path().substring(BASE.length());
    return switch (route) {
      case "POST /music/create" -> music.create(Fields.of(call));
      case "POST /music/create-advanced" -> music.advanced(Fields.of(call));
      case "POST /music/create-instrumental" -> music.instrumental(Fields.of(call));
      case "POST /music/extend" -> music.extend(Fields.of(call));
      case "POST /music/regenerate" -> music.regenerate(Fields.of(call));
      case "POST /music/lyrics-generate" -> lyrics(Fields.of(call));
      case "POST /music/download" -> download(Fields.of(call));
      case "GET /jobs" -> health();
      case "GET /music" -> library();
      case "GET /accounts" -> accounts();
      default -> {
        if (route.startsWith("GET /jobs/")) {
          yield job(call.path().substring(JOB.length()));
        }
        yield route.matches("(GET|DELETE) /music/[^/]+")
            ? song(call.method(), call.path().substring(SONG.length()))
            : Replies.error(404, "Not Found");
      }
    };
  }

  private Reply job(String id) {
    return jobs.find(id)
        .map(job -> Reply.json(200, job.record()))
        .orElseGet(() -> Replies.error(404, "Job is not found"));
  }

  private Reply song(String method, String id) {
    Optional<Clip> song = songs.find(id);
    if (song.isEmpty()) {
      return Replies.error(404, "Song is not found");
    }
    if (method.equals("DELETE")) {
      songs.remove(id);
      return new Reply.EmptyReply(200);
    }
    return Reply.json(200, MurekaJob.song(song.get(), media));
  }

  /** The body of the answer is not documented; {@code lyrics}, here. */
  private static Reply lyrics(Fields fields) {
    fields.only(java.util.Set.of("prompt", "account"));
    String prompt = fields.required("prompt", 3_000);
    LyricWriter writer = new LyricWriter(prompt, prompt.hashCode());
    return Reply.json(200, Json.object().put("title", writer.title()).put("lyrics", writer.text()));
  }

  private Reply download(Fields fields) {
    fields.only(java.util.Set.of("song_id", "type", "account"));
    String id = fields.required("song_id");
    String type =
        fields
            .oneOf("type", List.of("stem", "license"))
            .orElseThrow(() -> new BadRequest("Parameter type is required"));
    if (songs.find(id).isEmpty()) {
      return Replies.error(404, "Song is not found");
    }
    if (type.equals("license")) {
      return Replies.error(400, "License is not available");
    }
    return Reply.json(
        200,
        Json.object().put("oss_key", origin.get() + ARCHIVES + id + ".zip").put("paid_state", 1));
  }

  private Reply archive(Call call) {
    return songs
        .find(call.path().substring(ARCHIVES.length()).replace(".zip", ""))
        .map(
            song ->
                media.serve(
                    call,
                    "application/zip",
                    Body.of(StemArchive.of(media.recording(song.brief())))))
        .orElseGet(() -> Replies.error(404, "Not Found"));
  }

  /** "health": which fields is not documented. */
  private Reply health() {
    ArrayNode executing = Json.array();
    jobs.newestFirst().stream()
        .filter(MurekaJob::running)
        .forEach(job -> executing.add(job.record()));
    ObjectNode account = Json.object().put("executing", executing.size()).put("maxJobs", 10);
    account.set("jobs", executing);
    return Reply.json(200, Json.object().set(MurekaJob.ACCOUNT, account));
  }

  private Reply library() {
    ArrayNode list = Json.array();
    songs.newestFirst().forEach(song -> list.add(MurekaJob.song(song, media)));
    return Reply.json(200, Json.object().set("songs", list));
  }

  private static Reply accounts() {
    return Reply.json(200, Json.object().set(MurekaJob.ACCOUNT, Json.object().put("maxJobs", 10)));
  }
}
