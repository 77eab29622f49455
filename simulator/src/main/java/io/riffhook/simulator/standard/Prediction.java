package io.riffhook.simulator.standard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.media.Item;
import io.riffhook.simulator.media.MediaKind;
import io.riffhook.simulator.media.MediaStore;
import io.riffhook.simulator.settings.CallbackSettings;
import io.riffhook.simulator.work.Clip;
import io.riffhook.simulator.work.Ending;
import io.riffhook.simulator.work.Notice;
import io.riffhook.simulator.work.Work;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A prediction: one song. Safe for use by several threads. */
final class Prediction implements Work {
  private final Facts facts;
  private final MediaStore media;
  private final Webhooks webhooks;
  private volatile Optional<Ending> ending = Optional.empty();
  private volatile boolean canceled;

  /**
   * What was asked for.
   *
   * @param webhook where to call, or empty
   * @param events which events the caller wants; without any, all of them
   */
  record Facts(Clip song, ObjectNode input, String webhook, List<String> events, Instant created) {}

  Prediction(Facts facts, MediaStore media, Webhooks webhooks) {
    this.facts = facts;
    this.media = media;
    this.webhooks = webhooks;
  }

  @Override
  public String id() {
    return facts.song().id();
  }

  @Override
  public String text() {
    return facts.input().toString();
  }

  @Override
  public void finish(Ending how) {
    ending = Optional.of(how);
  }

  /** Stops it, unless it has ended. */
  void cancel() {
    canceled = ending.isEmpty();
  }

  @Override
  public void tell(Notice notice, CallbackSettings how) throws InterruptedException {
    String event = notice instanceof Notice.End ? "completed" : "logs";
    if (facts.events().isEmpty() || facts.events().contains(event)) {
      ObjectNode body =
          switch (notice) {
            case Notice.Progress _ -> json(Optional.empty());
            case Notice.End(Ending end) -> json(Optional.of(end));
          };
      webhooks.send(facts.webhook(), id() + "-" + event, body, how);
    }
  }

  /** The prediction as it is answered. */
  ObjectNode json() {
    return json(ending);
  }

  private ObjectNode json(Optional<Ending> as) {
    ObjectNode json = Json.object().put("id", id()).put("status", status(as));
    json.set("input", facts.input());
    json.putNull("output").putNull("error");
    if (!canceled) {
      as.ifPresent(
          end -> {
            switch (end) {
              case COMPLETED ->
                  json.put(
                      "output",
                      media.url(new Item("outputs", id(), facts.song().brief()), MediaKind.MP3));
              case FAILED -> json.put("error", "Prediction failed");
            }
          });
    }
    return json.put("logs", "").put("created_at", facts.created().toString());
  }

  private String status(Optional<Ending> as) {
    if (canceled) {
      return "canceled";
    }
    return as.map(end -> end == Ending.COMPLETED ? "succeeded" : "failed").orElse("processing");
  }
}
