package io.riffhook.simulator.useapi;

import io.riffhook.simulator.calls.BadRequest;
import io.riffhook.simulator.calls.CallbackSender;
import io.riffhook.simulator.calls.Fields;
import io.riffhook.simulator.http.Call;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.media.MediaStore;
import io.riffhook.simulator.settings.LiveSettings;
import io.riffhook.simulator.work.Environment;
import io.riffhook.simulator.work.Generation;
import io.riffhook.simulator.work.Provider;

/** Riffusion API v1 of useapi.net, and the host of its files. */
public final class UseapiRiffusion implements Provider {
  /** What stands before the paths of the API. */
  public static final String BASE = "/v1/riffusion";

  /**
   * Where the storage host keeps files: "/storage/v1/object/public/riffs/…" on api.riffusion.com.
   */
  private static final String FILES = "/storage/v1/object/public/riffs/";

  private final LiveSettings settings;
  private final CallbackSender sender;
  private final Generation generation;
  private final CreateCalls creates;
  private final UploadCalls uploads;
  private final MusicCalls music;
  private final SchedulerCalls scheduler;
  private final AccountCalls accounts;
  private final MediaStore media;

  /** A service without songs. */
  public UseapiRiffusion(Environment environment) {
    Accounts configured = new Accounts();
    Songs songs = new Songs();
    this.settings = environment.settings();
    this.media = new MediaStore(FILES, environment);
    SongJson json = new SongJson(media);
    this.generation = new Generation(settings);
    this.sender = new CallbackSender();
    this.uploads = new UploadCalls(configured, environment);
    this.creates =
        new CreateCalls(configured, songs, uploads, generation, json, sender, environment);
    this.music = new MusicCalls(configured, songs, json, media);
    this.scheduler = new SchedulerCalls(configured, songs, environment.clock());
    this.accounts = new AccountCalls(configured, settings, environment.clock());
  }

  @Override
  public boolean serves(String path) {
    return path.startsWith(BASE + "/") || media.serves(path);
  }

  @Override
  public Reply answer(Call call) {
    if (media.serves(call.path())) {
      return media.fetch(call);
    }
    if (settings.get().faults().decommissioned()) {
      return Replies.gone();
    }
    if (settings.get().faults().unauthorized()
        || !call.authorization().equals("Bearer " + settings.get().token())) {
      return Replies.unauthorized();
    }
    try {
      return route(call, call.path().substring(BASE.length()));
    } catch (BadRequest e) {
      return Replies.error(400, e.error());
    }
  }

  /** Ends the making of songs; those under way are left unfinished. */
  @Override
  public void close() {
    generation.close();
    sender.close();
  }

  private Reply route(Call call, String path) {
    String route = call.method() + " " + path;
    // An account in trouble can still be looked at and configured anew, which is the way out of
    // trouble.
    if (path.startsWith("/music") && settings.get().faults().accountError()) {
      return Replies.pendingError();
    }
    return switch (route) {
      case "POST /music/create-prompt" -> creates.prompt(Fields.of(call));
      case "POST /music/create-compose" -> creates.compose(Fields.of(call));
      case "POST /music/generate-lyrics" -> music.generateLyrics(Fields.of(call));
      case "POST /music/upload-audio" -> uploads.audio(call);
      case "GET /music/upload-audio" -> uploads.transcription(call);
      case "POST /music/upload-image" -> uploads.image(call);
      case "GET /music" -> music.get(call);
      case "DELETE /music" -> music.delete(call);
      case "GET /music/download" -> music.download(call);
      case "GET /scheduler" -> scheduler.list();
      case "GET /scheduler/available" -> scheduler.available();
      case "GET /accounts" -> accounts.list();
      case "POST /accounts" -> accounts.post(Fields.of(call));
      default -> routeWithId(call.method(), path);
    };
  }

  private Reply routeWithId(String method, String path) {
    String id = path.substring(path.lastIndexOf('/') + 1);
    return switch (method + " " + path.substring(0, path.length() - id.length())) {
      case "DELETE /scheduler/" -> scheduler.remove(id);
      case "GET /accounts/" -> accounts.get(id);
      case "DELETE /accounts/" -> accounts.delete(id);
      default -> Replies.error(404, "Not Found");
    };
  }
}
