package io.riffhook.simulator.riffgateway;

import io.riffhook.simulator.calls.CreateFaults.Refusal;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;

/** Errors as the vendor's front-end reads them: {@code {"error":{"message"}}}. */
final class Replies {
  private Replies() {}

  static Reply error(int status, String message) {
    return Reply.json(status, Json.object().set("error", Json.object().put("message", message)));
  }

  /** The status of a used up account is not documented; gateways of this kind send 403. */
  static Reply outOfCredits() {
    return error(403, "User quota is not enough");
  }

  /** How moderation and a full queue are told is not documented. */
  static Reply refusal(Refusal refusal) {
    return switch (refusal) {
      case Refusal.ServerError(int status) -> error(status, "Upstream service failed");
      case Refusal.TooManyRequests() -> error(429, "Too Many Requests");
      case Refusal.Moderated() -> error(400, "Content was flagged by moderation");
    };
  }
}
