package io.riffhook.simulator.useapi;

import io.riffhook.simulator.audio.Recordings;
import io.riffhook.simulator.http.Api;
import io.riffhook.simulator.http.Call;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.settings.LiveSettings;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Riffusion API v1 of useapi.net, and the host of its files. */
public final class UseapiRiffusion implements Api, AutoCloseable {
  /** What stands before the paths of the API. */
  public static final String BASE = "/v1/riffusion";

  private final LiveSettings settings;
  private final Generation generation;
  private final CreateCalls creates;
  private final MusicCalls music;
  private final SchedulerCalls scheduler;
  private final AccountCalls accounts;
  private final Media media;

  /**
   * A service without songs. {@code origin} gives the scheme, host and port that links start with.
   */
  public UseapiRiffusion(
      LiveSettings settings, Recordings recordings, InstantSource clock, Supplier<String> origin) {
    Accounts configured = new Accounts();
    Songs songs = new Songs();
    this.settings = settings;
    this.media = new Media(songs, recordings, settings, clock, origin);
    SongJson json = new SongJson(media);
    this.generation = new Generation(settings, new Callbacks(json));
    this.creates = new CreateCalls(configured, songs, generation, settings, clock);
    this.music = new MusicCalls(configured, songs, json, media);
    this.scheduler = new SchedulerCalls(configured, songs, clock);
    this.accounts = new AccountCalls(configured, settings, clock);
  }

  @Override
  public boolean serves(String path) {
    return path.startsWith(BASE + "/") || path.startsWith(Media.ROOT);
  }

  @Override
  public Reply answer(Call call) {
    if (call.path().startsWith(Media.ROOT)) {
      return media.fetch(call.path());
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
