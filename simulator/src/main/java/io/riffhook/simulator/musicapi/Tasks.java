package io.riffhook.simulator.musicapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.calls.BadRequest;
import io.riffhook.simulator.calls.CreateFaults;
import io.riffhook.simulator.calls.CreateFaults.Refusal;
import io.riffhook.simulator.calls.Fields;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.media.Fetcher;
import io.riffhook.simulator.settings.SimulatorSettings;
import io.riffhook.simulator.work.Clip;
import io.riffhook.simulator.work.Ending;
import io.riffhook.simulator.work.Environment;
import io.riffhook.simulator.work.Generation;
import io.riffhook.simulator.work.Reads.View;
import io.riffhook.simulator.work.Store;
import io.riffhook.simulator.work.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The tasks and clips of one platform, and the calls that all platforms have alike. */
final class Tasks {
  /** "upload 2". */
  private static final int UPLOAD_COST = 2;

  private final Store<Task> tasks = new Store<>();
  private final Store<Clip> clips = new Store<>();
  private final Environment environment;
  private final Generation generation;
  private final CreateFaults faults;
  private final Fetcher fetcher;
  private final Wire wire;
  private final Announcer announcer;

  Tasks(
      String platform,
      Wire wire,
      Environment environment,
      Generation generation,
      Fetcher fetcher,
      WebhookSender webhooks) {
    this.environment = environment;
    this.generation = generation;
    this.fetcher = fetcher;
    this.faults = new CreateFaults(environment.settings());
    this.wire = wire;
    this.announcer = new Announcer(platform, this, webhooks, environment.settings());
  }

  /** The clip of an id that a caller sent in a field. */
  Clip clip(String field, String id) {
    return clips.find(id).orElseThrow(() -> new BadRequest(field + " is not a known clip"));
  }

  /** Begins a task, unless the settings or the account are against it. */
  Reply begin(Task.Order order) {
    SimulatorSettings now = environment.settings().get();
    Optional<Refusal> refusal = faults.refusal(order.text());
    if (refusal.isPresent()) {
      return Replies.refusal(refusal.get(), now.providers().musicapi().moderation());
    }
    if (!environment.settings().takeCredits(order.cost())) {
      return wire.outOfCredits();
    }
    Task task =
        new Task(
            new Task.Facts(
                UUID.randomUUID().toString(),
                order,
                new Timeline(environment.clock().instant(), now.generation().duration())),
            announcer);
    tasks.add(task.facts().id(), task);
    generation.start(task);
    return faults.accepted(Reply.json(200, success(now).put("task_id", task.facts().id())));
  }

  /**
   * Takes audio by its URL. The clip can be used at once; that the answer holds {@code clip_id} is
   * deduced from the platform sonic.
   */
  Reply upload(Fields fields) {
    fields.only(Set.of("url"));
    String url = fields.url("url", 4096).orElseThrow(() -> new BadRequest("url is required"));
    SimulatorSettings now = environment.settings().get();
    Optional<Refusal> refusal = faults.refusal("");
    if (refusal.isPresent()) {
      return Replies.refusal(refusal.get(), now.providers().musicapi().moderation());
    }
    return switch (fetcher.fetch(url)) {
      case Fetcher.Fetched.Unusable(String why) -> Replies.error(400, why);
      case Fetcher.Fetched.Audio audio -> {
        if (!environment.settings().takeCredits(UPLOAD_COST)) {
          yield wire.outOfCredits();
        }
        Clip clip = Clip.upload(UUID.randomUUID().toString(), now.generation().audioSeconds());
        clips.add(clip.id(), clip);
        yield faults.accepted(Reply.json(200, success(now).put("clip_id", clip.id())));
      }
    };
  }

  /** A task as far as it is. */
  Reply read(String id) {
    return tasks.find(id).map(this::read).orElseGet(Replies::noTask);
  }

  /** Keeps what a task has made, and gives its credits back when it has made nothing. */
  void settle(Task task, Ending ending) {
    switch (ending) {
      case COMPLETED ->
          task.facts()
              .order()
              .results()
              .forEach(
                  result -> {
                    if (result instanceof Result.Song(Clip clip)) {
                      clips.add(clip.id(), clip);
                    }
                  });
      case FAILED -> environment.settings().refundCredits(task.facts().order().cost());
    }
  }

  /** All of a task, in a state it need not be in. */
  ObjectNode show(Task task, State state) {
    return wire.envelope(state, items(task, task.facts().order().results(), state));
  }

  /** How a failed task is shown, and with which status. */
  Failure failure(Task task) {
    return switch (environment.settings().get().providers().musicapi().failure()) {
      case STATE -> new Failure(200, show(task, State.FAILED));
      case CODE -> {
        ObjectNode body = Json.object().put("code", 500);
        body.putArray("data");
        yield new Failure(
            200, body.put("message", "Generation failed, credits have been refunded"));
      }
      case TIMEOUT ->
          new Failure(
              504, Json.object().put("error", "Task timed out, credits have been refunded"));
    };
  }

  /**
   * A failed task.
   *
   * @param status of a read
   * @param body of a read
   */
  record Failure(int status, ObjectNode body) {}

  private Reply read(Task task) {
    Instant now = environment.clock().instant();
    State state = task.state(now);
    boolean accepted = environment.settings().get().polls().accepted();
    View view = task.reads().next(environment.settings().get().polls(), state.ended());
    List<Result> results = task.facts().order().results();
    if (state == State.FAILED) {
      Failure failure = failure(task);
      return Reply.json(failure.status(), failure.body());
    }
    State shown = view == View.NOTHING && state.ended() ? State.RUNNING : state;
    if (!shown.ended()) {
      boolean hidden = accepted || view == View.NOTHING || !wire.showsRunningItems();
      ArrayNode items = hidden ? Json.array() : items(task, results, shown);
      return Reply.json(accepted ? 202 : 200, wire.envelope(shown, items));
    }
    List<Result> some = view == View.FIRST ? results.subList(0, 1) : results;
    return Reply.json(200, wire.envelope(shown, items(task, some, shown)));
  }

  private ArrayNode items(Task task, List<Result> results, State state) {
    ArrayNode items = Json.array();
    results.forEach(result -> items.add(wire.item(task, result, state)));
    return items;
  }

  private static ObjectNode success(SimulatorSettings settings) {
    ObjectNode body = Json.object();
    if (settings.providers().musicapi().code()) {
      body.put("code", 200);
    }
    return body.put("message", "success");
  }
}
