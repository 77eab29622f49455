package io.riffhook.simulator.riffgateway;

import io.riffhook.simulator.calls.BadRequest;
import io.riffhook.simulator.calls.Fields;
import io.riffhook.simulator.http.Call;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.media.Fetcher;
import io.riffhook.simulator.media.MediaStore;
import io.riffhook.simulator.settings.FaultSettings;
import io.riffhook.simulator.settings.LiveSettings;
import io.riffhook.simulator.work.Environment;
import io.riffhook.simulator.work.Generation;
import io.riffhook.simulator.work.Provider;
import io.riffhook.simulator.work.Store;

/** The Riffusion gateway, and the host of its files. */
public final class Riffgateway implements Provider {
  /** What stands before the paths of the API. */
  public static final String BASE = "/riffgateway";

  private static final String FEED = BASE + "/riffusion/feed/";

  private final LiveSettings settings;
  private final MediaStore media;
  private final Generation generation;
  private final Fetcher fetcher = new Fetcher();
  private final GenerateCalls generate;
  private final FeedCalls feed;

  /** A service without songs. */
  public Riffgateway(Environment environment) {
    Store<Batch> batches = new Store<>();
    this.settings = environment.settings();
    this.media = new MediaStore("/riffgateway-files/", environment);
    this.generation = new Generation(settings);
    this.generate = new GenerateCalls(batches, environment, generation, fetcher);
    this.feed = new FeedCalls(batches, media, environment);
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
    FaultSettings faults = settings.get().faults();
    if (faults.decommissioned()) {
      return Replies.error(410, "Service has been shut down");
    }
    if (faults.unauthorized() || !call.authorization().equals("Bearer " + settings.get().token())) {
      return Replies.error(401, "Invalid authorization");
    }
    if (faults.accountError()) {
      return Replies.error(403, "User is disabled");
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
    fetcher.close();
  }

  private Reply route(Call call) {
    if (call.method().equals("GET") && call.path().startsWith(FEED)) {
      return feed.feed(call.path().substring(FEED.length()));
    }
    return switch (call.method() + " " + call.path().substring(BASE.length())) {
      case "POST /riffusion/generate" -> generate.generate(Fields.json(call));
      case "POST /riffusion/generate/topic" -> generate.topic(Fields.json(call));
      case "POST /riffusion/upload" -> generate.upload(Fields.json(call));
      default -> Replies.error(404, "Not Found");
    };
  }
}
