package io.riffhook.simulator.mureka;

import io.riffhook.simulator.calls.CreateFaults.Refusal;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;

/** The error bodies of the vendor's pages; at 596 the {@code code} is a text. */
final class Replies {
  private Replies() {}

  static Reply error(int status, String message) {
    return Reply.json(status, Json.object().put("error", message).put("code", status));
  }

  static Reply accountError() {
    return Reply.json(
        596, Json.object().put("error", "Session has expired").put("code", "SESSION_EXPIRED"));
  }

  /** How moderation is told is not documented; ours is 422. */
  static Reply refusal(Refusal refusal) {
    return switch (refusal) {
      case Refusal.ServerError(int status) -> error(status, "Upstream service failed");
      case Refusal.TooManyRequests() -> error(429, "Account is busy executing 10 jobs");
      case Refusal.Moderated() -> error(422, "Prompt was moderated");
    };
  }
}
