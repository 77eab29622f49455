package io.riffhook.simulator.musicapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.calls.CreateFaults.Refusal;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;

/**
 * The errors of the vendor's page: {@code {"type"?, "error"}}. The page gives families of messages;
 * the words are ours.
 */
final class Replies {
  private Replies() {}

  static Reply error(int status, String message) {
    return Reply.json(status, body(message));
  }

  static Reply typed(int status, String type, String message) {
    return Reply.json(status, Json.object().put("type", type).setAll(body(message)));
  }

  static Reply retired(String what) {
    return typed(410, "endpoint_retired", what + " has been retired");
  }

  /** An unknown task is a bad request here, not a 404. */
  static Reply noTask() {
    return error(400, "task not found.");
  }

  /** What a 429 holds is not documented, nor whether there is one. */
  static Reply refusal(Refusal refusal, String moderation) {
    return switch (refusal) {
      case Refusal.ServerError(int status) ->
          status == 502
              ? typed(502, "upstream_error", "Upstream service failed")
              : error(status, "Internal error");
      case Refusal.TooManyRequests() -> error(429, "Too many requests");
      case Refusal.Moderated() -> error(403, moderation);
    };
  }

  private static ObjectNode body(String message) {
    return Json.object().put("error", message);
  }
}
