package io.riffhook.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.FieldError;
import java.util.List;

/** Every error that callers can get, as RFC 9457 problem documents. */
public final class Problem {
  /** What the {@code type} of every problem begins with; {@code docs/api.md} describes each. */
  private static final String TYPES = "urn:riffhook:problem:";

  /** A body of nothing but wrong fields must not be answered by a hundred times its length. */
  private static final int MAX_ERRORS = 100;

  private Problem() {}

  /** The body is not JSON, not an object, or some of its texts lost characters. */
  public static HttpResponse malformed(String detail, List<FieldError> errors) {
    return problem(400, "malformed-body", "The body cannot be read", detail, errors);
  }

  /** Some fields break a rule; all of them are named. */
  public static HttpResponse invalid(List<FieldError> errors) {
    return problem(
        422,
        "invalid-request",
        "The request breaks a rule",
        errors.size() == 1 ? "One field is wrong." : errors.size() + " fields are wrong.",
        errors);
  }

  /** A query parameter breaks a rule. */
  public static HttpResponse badParameter(String name, String rule) {
    return problem(
        400, "bad-parameter", "A query parameter is wrong", name + " " + rule, List.of());
  }

  /** There is nothing there, or nothing that the caller may see. */
  public static HttpResponse notFound() {
    return problem(404, "not-found", "Not found", "There is no such thing.", List.of());
  }

  /** The gateway did not say who is calling. */
  public static HttpResponse unauthenticated() {
    return problem(
        401, "unauthenticated", "Who are you?", "The call carries no identity.", List.of());
  }

  /** The Idempotency-Key was used for another body. */
  public static HttpResponse keyReused() {
    return problem(
        422,
        "idempotency-key-reused",
        "The Idempotency-Key was used for another request",
        "Use a new key for a new request.",
        List.of());
  }

  /** The first call with this Idempotency-Key is not through. */
  public static HttpResponse stillRunning() {
    return problem(
            409,
            "request-in-progress",
            "The first call with this Idempotency-Key is not through",
            "Call again in a moment.",
            List.of())
        .with("retry-after", "2");
  }

  /** The thing is not in a state in which that can be done. */
  public static HttpResponse conflict(String detail) {
    return problem(409, "wrong-state", "Not in this state", detail, List.of());
  }

  /** The owner has as many jobs running as it may. */
  public static HttpResponse tooManyRunning(int max, int retryAfterSeconds) {
    return problem(
            429,
            "too-many-running-jobs",
            "Too many of your jobs are running",
            "At most "
                + max
                + (max == 1 ? " job" : " jobs")
                + " of yours can run at once. Try again when one has ended.",
            List.of())
        .with("retry-after", Integer.toString(retryAfterSeconds));
  }

  /** The owner has begun as many jobs as it may in this day. */
  public static HttpResponse tooManyToday(int max, int retryAfterSeconds) {
    return problem(
            429,
            "too-many-jobs-today",
            "You have begun too many jobs today",
            "At most "
                + max
                + (max == 1 ? " job" : " jobs")
                + " of yours can begin in a day. The next day begins at 00:00 UTC.",
            List.of())
        .with("retry-after", Integer.toString(retryAfterSeconds));
  }

  /** The body is larger than is read. */
  public static HttpResponse tooLarge(int maxBytes) {
    return problem(
        413, "too-large", "The body is too large", "At most " + maxBytes + " bytes.", List.of());
  }

  /** Something of ours failed. What failed is in the log, under the request's id. */
  public static HttpResponse internal(String requestId) {
    return problem(
        500, "internal-error", "Something failed here", "Request " + requestId + ".", List.of());
  }

  private static HttpResponse problem(
      int status, String type, String title, String detail, List<FieldError> errors) {
    ObjectNode body =
        Json.object()
            .put("type", TYPES + type)
            .put("title", title)
            .put("status", status)
            .put("detail", detail);
    if (!errors.isEmpty()) {
      ArrayNode list = body.putArray("errors");
      errors.stream()
          .limit(MAX_ERRORS)
          .forEach(
              error ->
                  list.addObject().put("pointer", error.pointer()).put("detail", error.detail()));
    }
    return HttpResponse.json(status, "application/problem+json", body);
  }
}
