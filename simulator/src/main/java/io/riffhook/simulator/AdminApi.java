package io.riffhook.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.http.Api;
import io.riffhook.simulator.http.Call;
import io.riffhook.simulator.http.Journal;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.RecordedRequest;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.settings.LiveSettings;
import io.riffhook.simulator.settings.SettingsJson;

/**
 * The simulator's own calls, outside of any provider's paths: its settings and what it was asked.
 * Needs no token.
 */
final class AdminApi implements Api {
  private final LiveSettings live;
  private final Journal journal;

  AdminApi(LiveSettings live, Journal journal) {
    this.live = live;
    this.journal = journal;
  }

  @Override
  public boolean serves(String path) {
    return path.startsWith("/_simulator/");
  }

  @Override
  public Reply answer(Call call) {
    return switch (call.method() + " " + call.path()) {
      case "GET /_simulator/settings" -> Reply.json(200, SettingsJson.write(live.get()));
      case "PUT /_simulator/settings" -> put(call);
      case "GET /_simulator/requests" -> Reply.json(200, requests());
      default -> Reply.json(404, Json.object().put("error", "Not Found"));
    };
  }

  /** Changes the settings that the body names. */
  private Reply put(Call call) {
    try {
      ObjectNode changes =
          Json.parseObject(call.body())
              .orElseThrow(() -> new IllegalArgumentException("The body must be a JSON object"));
      live.set(SettingsJson.merge(live.get(), changes));
      return Reply.json(200, SettingsJson.write(live.get()));
    } catch (IllegalArgumentException e) {
      return Reply.json(400, Json.object().put("error", String.valueOf(e.getMessage())));
    }
  }

  private ArrayNode requests() {
    ArrayNode list = Json.array();
    for (RecordedRequest request : journal.requests()) {
      ObjectNode item =
          list.addObject().put("method", request.method()).put("path", request.path());
      request.query().forEach(item.putObject("query")::put);
      if (!request.range().isEmpty()) {
        item.put("range", request.range());
      }
      item.put("body", request.body())
          .put("time", request.time().toString())
          .put("status", request.status());
    }
    return list;
  }
}
