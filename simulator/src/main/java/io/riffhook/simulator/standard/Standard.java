package io.riffhook.simulator.standard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.audio.SongBrief;
import io.riffhook.simulator.calls.BadRequest;
import io.riffhook.simulator.calls.CreateFaults;
import io.riffhook.simulator.calls.CreateFaults.Refusal;
import io.riffhook.simulator.calls.Fields;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Predictions, and the host of their outputs. */
public final class Standard implements Provider {
  /** What stands before the paths of the API. */
  public static final String BASE = "/standard";

  private static final String PREDICTIONS = BASE + "/predictions";
  private static final List<String> EVENTS = List.of("start", "output", "logs", "completed");

  private final Environment environment;
  private final LiveSettings settings;
  private final MediaStore media;
  private final Generation generation;
  private final Webhooks webhooks;
  private final CreateFaults faults;
  private final Store<Prediction> predictions = new Store<>();

  /** A service without predictions. */
  public Standard(Environment environment) {
    this.environment = environment;
    this.settings = environment.settings();
    this.media = new MediaStore("/standard-files/", environment);
    this.generation = new Generation(settings);
    this.webhooks = new Webhooks(environment);
    this.faults = new CreateFaults(settings);
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
    FaultSettings wrong = settings.get().faults();
    if (wrong.decommissioned()) {
      return error(410, "This API has been retired");
    }
    if (wrong.unauthorized() || !call.authorization().equals("Bearer " + settings.get().token())) {
      return error(401, "You did not pass a valid authentication token");
    }
    if (wrong.accountError()) {
      return error(402, "You have insufficient credit");
    }
    try {
      return route(call);
    } catch (BadRequest e) {
      return error(422, e.error());
    }
  }

  @Override
  public void close() {
    generation.close();
    webhooks.close();
  }

  private Reply route(Call call) {
    if (call.path().equals(PREDICTIONS)) {
      return call.method().equals("POST")
          ? create(Fields.json(call))
          : error(405, "Method not allowed");
    }
    String[] rest = call.path().substring(PREDICTIONS.length()).split("/", -1);
    Optional<Prediction> found = rest.length > 1 ? predictions.find(rest[1]) : Optional.empty();
    if (found.isEmpty()) {
      return error(404, "The requested resource could not be found");
    }
    if (rest.length == 3 && rest[2].equals("cancel") && call.method().equals("POST")) {
      found.get().cancel();
    } else if (rest.length != 2 || !call.method().equals("GET")) {
      return error(404, "The requested resource could not be found");
    }
    return Reply.json(200, found.get().json());
  }

  private Reply create(Fields fields) {
    fields.only(Set.of("input", "webhook", "webhook_events_filter", "version"));
    Fields input = fields.object("input").orElseThrow(() -> new BadRequest("input is required"));
    input.only(Set.of("prompt", "lyrics", "title", "instrumental", "seed"));
    String prompt = input.required("prompt", 5_000);
    input.number("seed", 0, 999_999_999);
    String webhook = fields.url("webhook", 2_048).orElse("");
    Optional<Refusal> refusal = faults.refusal(prompt + input.text("lyrics").orElse(""));
    if (refusal.isPresent()) {
      return switch (refusal.get()) {
        case Refusal.ServerError(int status) -> error(status, "Internal server error");
        case Refusal.TooManyRequests() -> error(429, "Request was throttled");
        case Refusal.Moderated() -> error(422, "The prompt was flagged as sensitive");
      };
    }
    SongBrief brief =
        new SongBrief(
            prompt,
            input.text("title").orElse(""),
            input.text("lyrics").orElse(""),
            input.flag("instrumental"),
            0,
            settings.get().generation().audioSeconds());
    Prediction prediction =
        new Prediction(
            new Prediction.Facts(
                Clip.song(UUID.randomUUID().toString(), brief),
                input.echo(),
                webhook,
                events(fields.echo().path("webhook_events_filter")),
                environment.clock().instant()),
            media,
            webhooks);
    predictions.add(prediction.id(), prediction);
    ObjectNode answer = prediction.json().put("status", "starting");
    generation.start(prediction);
    return faults.accepted(Reply.json(201, answer));
  }

  private static List<String> events(JsonNode filter) {
    List<String> events = new ArrayList<>();
    for (JsonNode event : filter) {
      if (!EVENTS.contains(event.asText())) {
        throw new BadRequest("webhook_events_filter has an unknown event");
      }
      events.add(event.asText());
    }
    return events;
  }

  private static Reply error(int status, String detail) {
    return Reply.json(status, Json.object().put("status", status).put("detail", detail));
  }
}
