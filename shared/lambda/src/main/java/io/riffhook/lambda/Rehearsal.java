package io.riffhook.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Format;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobRequest;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Owner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Events of nobody's, for a handler to try its hand at before a {@link Snapshot}: each some times
 * over. Nothing of it is counted; its log lines have the request id {@code rehearsal}.
 */
public final class Rehearsal {
  /** An id that no job has: ours are UUIDs, and a caller's own is for the caller to choose. */
  public static final String NO_JOB = "rehearsal-of-no-job";

  /** An owner who owns nothing. */
  public static final String NOBODY = "rehearsal";

  /** Once loads the classes; some more have the JVM compile what each call runs through. */
  private static final int TIMES = 40;

  /** Where the runtime puts the trace of an event, for the SDK to hand on. */
  private static final String TRACE = "com.amazonaws.xray.traceHeader";

  private Rehearsal() {}

  /** {@link #NO_JOB}, as services know it that are there for rehearsals. */
  public static Job job(Capabilities provider) {
    return Job.submitting(
        new JobId(NO_JOB),
        new Owner(NOBODY),
        new JobRequest(
            new Operation.Prompt("rehearsal", false),
            Optional.empty(),
            Optional.empty(),
            EnumSet.of(Format.WAV),
            Optional.of("rehearsal"),
            Optional.empty(),
            Optional.empty()),
        provider,
        true,
        Instant.now(),
        Duration.ofHours(1));
  }

  /**
   * Runs steps several times, in turn. If one step ran many times before the others, the JVM would
   * compile the shared code for that step alone. A step that fails is not run again; the others go
   * on, so that an AWS that cannot be reached leaves the rest primed.
   *
   * @throws Exception the first failure, after all other steps are done
   */
  public static void inTurn(Snapshot.Step... steps) throws Exception {
    List<Snapshot.Step> left = new ArrayList<>(List.of(steps));
    Optional<Exception> failure = Optional.empty();
    for (int time = 0; time < TIMES; time++) {
      for (Snapshot.Step step : List.copyOf(left)) {
        try {
          step.run();
        } catch (Exception e) {
          left.remove(step);
          failure = failure.or(() -> Optional.of(e));
        }
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  /**
   * Has a handler answer a request.
   *
   * @param route such as {@code GET /v1/jobs/{id}}
   * @param path the variables of the route's path
   * @param owner who calls, by the gateway's word; empty where the route has no authorizer
   * @throws IllegalStateException where it is not understood, or fails: then nothing was rehearsed
   */
  public static void request(
      RequestStreamHandler handler,
      String route,
      Map<String, String> path,
      String owner,
      String body)
      throws IOException {
    ObjectNode event = Json.object().put("version", "2.0").put("routeKey", route).put("body", body);
    event
        .putObject("headers")
        .put("content-type", "application/json")
        // Another each time: one that is known ends where it was known.
        .put("idempotency-key", UUID.randomUUID().toString());
    ObjectNode variables = event.putObject("pathParameters");
    path.forEach(variables::put);
    if (!owner.isEmpty()) {
      event
          .putObject("requestContext")
          .putObject("authorizer")
          .putObject("lambda")
          .put(Authorization.OWNER, owner);
    }
    int status = run(handler, event).path("statusCode").asInt();
    if (status == 400 || status >= 500) {
      throw new IllegalStateException(route + " was answered with " + status);
    }
  }

  /** Does a part of what an event leads to. Its log lines are those of a primed event. */
  public static void work(Supplier<?> work) {
    Telemetry.uncounted(() -> Telemetry.around(new NobodysContext("rehearsal"), work));
  }

  /** Has an authorizer look at what a call would bring. */
  public static void authorization(RequestStreamHandler handler, String header) throws IOException {
    ObjectNode event = Json.object().put("version", "2.0").put("type", "REQUEST");
    event.putArray("identitySource").add(header);
    run(handler, event);
  }

  private static JsonNode run(RequestStreamHandler handler, ObjectNode event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    System.setProperty(TRACE, "Root=1-00000000-000000000000000000000000");
    try {
      Telemetry.uncounted(
          () ->
              handler.handleRequest(
                  new ByteArrayInputStream(Json.bytes(event)),
                  answer,
                  new NobodysContext("rehearsal")));
    } finally {
      System.clearProperty(TRACE);
    }
    return Json.read(answer.toByteArray());
  }
}
