package io.riffhook.simulator.flowmusic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.calls.BadRequest;
import io.riffhook.simulator.calls.CallbackSender;
import io.riffhook.simulator.calls.Fields;
import io.riffhook.simulator.http.Call;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.media.MediaKind;
import io.riffhook.simulator.media.MediaStore;
import io.riffhook.simulator.settings.FaultSettings;
import io.riffhook.simulator.settings.LiveSettings;
import io.riffhook.simulator.work.Clip;
import io.riffhook.simulator.work.Ending;
import io.riffhook.simulator.work.Environment;
import io.riffhook.simulator.work.Generation;
import io.riffhook.simulator.work.Provider;
import io.riffhook.simulator.work.Store;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** FlowMusic API v1, and the host of its files. */
public final class Flowmusic implements Provider {
  /** What stands before the paths of the API. */
  public static final String BASE = "/v1/flowmusic";

  private static final String JOB = BASE + "/jobs/";

  private final LiveSettings settings;
  private final MediaStore media;
  private final Generation generation;
  private final CallbackSender sender = new CallbackSender();
  private final Store<FlowmusicJob> jobs = new Store<>();
  private final Store<Clip> clips = new Store<>();
  private final MusicCalls music;

  /** A service without clips. */
  public Flowmusic(Environment environment) {
    this.settings = environment.settings();
    this.media = new MediaStore("/flowmusic-files/", environment);
    this.generation = new Generation(settings);
    this.music =
        new MusicCalls(jobs, clips, new FlowmusicJob.Parts(media, sender, environment), generation);
  }

  @Override
  public boolean serves(String path) {
    return path.equals(BASE) || path.startsWith(BASE + "/") || media.serves(path);
  }

  @Override
  public Reply answer(Call call) {
    if (media.serves(call.path())) {
      return media.fetch(call);
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
    if (call.path().startsWith(JOB)) {
      return job(
          call, URLDecoder.decode(call.path().substring(JOB.length()), StandardCharsets.UTF_8));
    }
    return switch (call.method() + " " + call.path().substring(BASE.length())) {
      case "POST /music" -> music.create(Fields.of(call));
      case "POST /music/edit" -> music.edit(Fields.of(call));
      case "GET /music/download" -> download(call);
      case "GET /music" -> library();
      case "GET /jobs" -> running();
      case "GET /accounts" -> accounts();
      default -> Replies.error(404, "Not Found");
    };
  }

  private Reply job(Call call, String id) {
    Optional<FlowmusicJob> found = jobs.find(id);
    if (found.isEmpty()) {
      return Replies.error(404, "Job is not found");
    }
    return switch (call.method()) {
      case "GET" -> Reply.json(200, found.get().record());
      case "DELETE" -> {
        jobs.remove(id);
        yield new Reply.EmptyReply(200);
      }
      default -> Replies.error(405, "Method Not Allowed");
    };
  }

  private Reply download(Call call) {
    String id = call.parameter("id").orElseThrow(() -> new BadRequest("Parameter id is required"));
    if (!call.parameter("format").orElse("mp3").equals("mp3")) {
      throw new BadRequest("Parameter format has unsupported value, supported values: mp3");
    }
    Optional<FlowmusicJob> of =
        jobs.newestFirst().stream()
            .filter(
                job ->
                    job.id().equals(id)
                        || job.facts().clips().stream()
                            .anyMatch(clip -> FlowmusicJob.clipId(clip.id()).equals(id)))
            .findFirst();
    if (of.isEmpty()) {
      return Replies.error(404, "Clip is not found");
    }
    if (of.get().ending().filter(Ending.COMPLETED::equals).isEmpty()) {
      return Replies.error(409, "Clip is not finished");
    }
    Clip clip =
        of.get().facts().clips().stream()
            .filter(each -> FlowmusicJob.clipId(each.id()).equals(id))
            .findFirst()
            .orElse(of.get().facts().clips().getFirst());
    return media.download(clip.brief(), MediaKind.MP3);
  }

  private Reply library() {
    ArrayNode list = Json.array();
    jobs.newestFirst().stream()
        .filter(job -> job.ending().filter(Ending.COMPLETED::equals).isPresent())
        .flatMap(job -> job.facts().clips().stream())
        .limit(30)
        .forEach(clip -> list.add(FlowmusicJob.clip(clip, media)));
    ObjectNode body = Json.object().put("email", FlowmusicJob.EMAIL);
    body.set("clips", list);
    return Reply.json(200, body.put("limit", 30).put("offset", 0).putNull("next"));
  }

  /** Which jobs a listing holds is not documented: all that are kept, here. */
  private Reply running() {
    ArrayNode list = Json.array();
    jobs.newestFirst().forEach(job -> list.add(job.record()));
    return Reply.json(200, list);
  }

  private Reply accounts() {
    ObjectNode account =
        Json.object()
            .put("email", FlowmusicJob.EMAIL)
            .put("tier", "pro")
            .put("maxJobs", 8)
            .put("user_id", "777");
    if (settings.get().faults().accountError()) {
      account.put("error", "refresh token rejected");
    }
    return Reply.json(200, Json.object().set(FlowmusicJob.EMAIL, account));
  }
}
