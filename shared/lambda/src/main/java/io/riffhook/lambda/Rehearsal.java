package io.riffhook.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobRequest;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Owner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
  private static final int TIMES = 20;

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
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        provider,
        true,
        Instant.now(),
        Duration.ofHours(1));
  }

  /**
   * Has a handler answer a request.
   *
   * @param route such as {@code GET /v1/jobs/{id}}
   * @param path the variables of the route's path
   * @param owner who calls, by the gateway's word; empty where the route has no authorizer
   */
  public static void request(
      RequestStreamHandler handler,
      String route,
      Map<String, String> path,
      String owner,
      String body)
      throws IOException {
    ObjectNode event = Json.object().put("version", "2.0").put("routeKey", route).put("body", body);
    event.putObject("headers").put("content-type", "application/json");
    ObjectNode variables = event.putObject("pathParameters");
    path.forEach(variables::put);
    if (!owner.isEmpty()) {
      event
          .putObject("requestContext")
          .putObject("authorizer")
          .putObject("lambda")
          .put(Authorization.OWNER, owner);
    }
    run(handler, event);
  }

  /** Has an authorizer look at what a call would bring. */
  public static void authorization(RequestStreamHandler handler, String header) throws IOException {
    ObjectNode event = Json.object().put("version", "2.0").put("type", "REQUEST");
    event.putArray("identitySource").add(header);
    run(handler, event);
  }

  private static void run(RequestStreamHandler handler, ObjectNode event) throws IOException {
    byte[] bytes = Json.bytes(event);
    Context nobodys = new NobodysContext("rehearsal");
    Telemetry.uncounted(
        () -> {
          for (int time = 0; time < TIMES; time++) {
            handler.handleRequest(
                new ByteArrayInputStream(bytes), OutputStream.nullOutputStream(), nobodys);
          }
        });
  }
}
