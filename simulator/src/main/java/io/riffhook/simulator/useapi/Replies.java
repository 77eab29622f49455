package io.riffhook.simulator.useapi;

import io.riffhook.simulator.calls.CreateFaults.Refusal;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;

/** The error bodies of the vendor's pages. */
final class Replies {
  private static final String PENDING =
      "Your Riffusion account has pending error. Please address this issue at"
          + " https://useapi.net/docs/api-riffusion-v1/post-riffusion-accounts before making any"
          + " new API calls.";

  private Replies() {}

  static Reply error(int status, String message) {
    return Reply.json(status, Json.object().put("error", message).put("code", status));
  }

  static Reply refusal(Refusal refusal) {
    return switch (refusal) {
      case Refusal.ServerError(int status) -> error(status, "Service is unavailable");
      case Refusal.TooManyRequests() -> tooManyRequests();
      case Refusal.Moderated() -> moderated();
    };
  }

  static Reply unauthorized() {
    return error(401, "Unauthorized");
  }

  /** Not one of HTTP's own statuses, and the only error without a {@code code}. */
  static Reply pendingError() {
    return Reply.json(596, Json.object().put("error", PENDING));
  }

  static Reply moderated() {
    return Reply.json(
        422,
        Json.object()
            .put("is_flagged", true)
            .put("reason", "moderation")
            .putNull("musician_replacement_data"));
  }

  /** The 429 of Riffusion itself, passed on as it is. */
  static Reply tooManyRequests() {
    return Reply.json(429, Json.object().put("detail", "Too Many Requests"));
  }

  /** What the host answers since the end of the API is not known; 410 is our guess. */
  static Reply gone() {
    return error(410, "Riffusion API has been decommissioned");
  }
}
