package io.riffhook.simulator.flowmusic;

import io.riffhook.simulator.calls.CreateFaults.Refusal;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;

/** The error bodies of useapi.net's newer services: {@code {"error", "code"}}. */
final class Replies {
  private Replies() {}

  static Reply error(int status, String message) {
    return Reply.json(status, Json.object().put("error", message).put("code", status));
  }

  /** "Account … in error state". */
  static Reply accountError() {
    return error(596, "Account " + FlowmusicJob.EMAIL + " in error state: refresh token rejected");
  }

  static Reply refusal(Refusal refusal) {
    return switch (refusal) {
      case Refusal.ServerError(int status) -> error(status, "Upstream service failed");
      case Refusal.TooManyRequests() -> error(429, "Account is busy, retry later");
      case Refusal.Moderated() -> error(422, "Prompt was moderated");
    };
  }
}
