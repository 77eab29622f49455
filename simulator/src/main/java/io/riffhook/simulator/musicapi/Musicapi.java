package io.riffhook.simulator.musicapi;

import io.riffhook.simulator.calls.BadRequest;
import io.riffhook.simulator.calls.Fields;
import io.riffhook.simulator.http.Call;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.media.Fetcher;
import io.riffhook.simulator.media.MediaStore;
import io.riffhook.simulator.settings.FaultSettings;
import io.riffhook.simulator.settings.LiveSettings;
import io.riffhook.simulator.work.Environment;
import io.riffhook.simulator.work.Generation;
import io.riffhook.simulator.work.Provider;

/** The API of musicapi.ai with its platforms riffusion and producer, and the hosts of its files. */
public final class Musicapi implements Provider {
  /** What stands before the paths of the API. */
  public static final String BASE = "/musicapi";

  private static final String API = BASE + "/api/v1";

  private final LiveSettings settings;
  private final MediaStore riffs;
  private final MediaStore productions;
  private final Generation generation;
  private final Fetcher fetcher = new Fetcher();
  private final WebhookSender webhooks;
  private final Tasks riffusion;
  private final Tasks producer;
  private final RiffusionCalls riffusionCalls;
  private final ProducerCalls producerCalls;

  /** A service without songs. */
  public Musicapi(Environment environment) {
    this.settings = environment.settings();
    this.riffs = new MediaStore("/corpusant-app-public/riffs/", environment);
    this.productions = new MediaStore("/musicapi-cdn/", environment);
    this.generation = new Generation(settings);
    this.webhooks = new WebhookSender(environment);
    this.riffusion =
        new Tasks(
            "riffusion", new RiffusionWire(riffs), environment, generation, fetcher, webhooks);
    this.producer =
        new Tasks(
            "producer",
            new ProducerWire(productions, settings),
            environment,
            generation,
            fetcher,
            webhooks);
    this.riffusionCalls = new RiffusionCalls(riffusion, environment);
    this.producerCalls = new ProducerCalls(producer, environment);
  }

  @Override
  public boolean serves(String path) {
    return path.startsWith(BASE + "/") || riffs.serves(path) || productions.serves(path);
  }

  @Override
  public Reply answer(Call call) {
    if (riffs.serves(call.path())) {
      return riffs.fetch(call);
    }
    if (productions.serves(call.path())) {
      return productions.fetch(call);
    }
    FaultSettings faults = settings.get().faults();
    if (faults.decommissioned()) {
      return Replies.retired("This endpoint");
    }
    if (call.authorization().isEmpty()) {
      return Replies.error(401, "Authorization header is missing");
    }
    if (faults.unauthorized() || !call.authorization().equals("Bearer " + settings.get().token())) {
      return Replies.error(401, "Authorization header has a wrong format or key");
    }
    if (faults.accountError()) {
      return Replies.error(403, "You have no active subscription");
    }
    try {
      return route(call, call.path().substring(Math.min(API.length(), call.path().length())));
    } catch (BadRequest e) {
      return Replies.error(400, e.error());
    }
  }

  @Override
  public void close() {
    generation.close();
    fetcher.close();
    webhooks.close();
  }

  private Reply route(Call call, String path) {
    if (!call.path().startsWith(API + "/")) {
      return Replies.error(404, "Not Found");
    }
    return switch (call.method() + " " + path) {
      case "POST /riffusion/create" -> riffusionCalls.create(Fields.json(call));
      case "POST /riffusion/upload" -> riffusion.upload(Fields.json(call));
      case "POST /producer/create" -> producerCalls.create(Fields.json(call));
      case "POST /producer/upload" -> producer.upload(Fields.json(call));
      case "POST /producer/download" -> producerCalls.download(Fields.json(call));
      case "POST /producer/lyrics-create" -> producerCalls.lyrics(Fields.json(call));
      case "GET /riffusion/task", "GET /producer/task" -> Replies.error(400, "missing task id.");
      case "GET /get-credits" ->
          Reply.json(200, Json.object().put("credits", settings.credits()).put("extra_credits", 0));
      default -> routeWithId(call.method(), path);
    };
  }

  private Reply routeWithId(String method, String path) {
    String id = path.substring(path.lastIndexOf('/') + 1);
    return switch (method + " " + path.substring(0, path.length() - id.length())) {
      case "GET /riffusion/task/" -> riffusion.read(id);
      case "GET /producer/task/" -> producer.read(id);
      default -> Replies.error(404, "Not Found");
    };
  }
}
