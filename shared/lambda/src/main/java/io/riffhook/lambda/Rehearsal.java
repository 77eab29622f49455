package io.riffhook.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events of nobody's, for a handler to try its hand at before a {@link Snapshot}: each some times
 * over.
 */
public final class Rehearsal {
  /** An id that no job has: ours are UUIDs, and a caller's own is for the caller to choose. */
  public static final String NO_JOB = "rehearsal-of-no-job";

  /** An owner who owns nothing. */
  public static final String NOBODY = "rehearsal";

  /** Once loads the classes; some more have the JVM compile what each call runs through. */
  private static final int TIMES = 20;

  private Rehearsal() {}

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
    for (int time = 0; time < TIMES; time++) {
      handler.handleRequest(
          new ByteArrayInputStream(bytes), OutputStream.nullOutputStream(), new Call());
    }
  }

  /** A call that nobody made. */
  private static final class Call implements Context {
    @Override
    public String getAwsRequestId() {
      return "rehearsal";
    }

    @Override
    public String getLogGroupName() {
      return "";
    }

    @Override
    public String getLogStreamName() {
      return "";
    }

    @Override
    public String getFunctionName() {
      return System.getenv().getOrDefault("AWS_LAMBDA_FUNCTION_NAME", "");
    }

    @Override
    public String getFunctionVersion() {
      return System.getenv().getOrDefault("AWS_LAMBDA_FUNCTION_VERSION", "");
    }

    @Override
    public String getInvokedFunctionArn() {
      return "";
    }

    @Override
    @SuppressWarnings("NullAway") // the interface knows no nullness; Lambda itself gives null here
    public @Nullable CognitoIdentity getIdentity() {
      return null;
    }

    @Override
    @SuppressWarnings("NullAway") // as above
    public @Nullable ClientContext getClientContext() {
      return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
      return 10_000;
    }

    @Override
    public int getMemoryLimitInMB() {
      return Integer.parseInt(
          System.getenv().getOrDefault("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024"));
    }

    @Override
    public LambdaLogger getLogger() {
      return new LambdaLogger() {
        @Override
        public void log(String message) {
          System.out.println(message);
        }

        @Override
        public void log(byte[] message) {
          System.out.writeBytes(message);
        }
      };
    }
  }
}
