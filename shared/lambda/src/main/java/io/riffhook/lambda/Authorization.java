package io.riffhook.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Owner;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what decides who may call: a Lambda authorizer of an HTTP API, payload format 2.0 with
 * simple responses. What it tells of the caller, the gateway hands to the function that answers, in
 * {@code requestContext.authorizer.lambda}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html">The
 *     formats</a>
 */
public final class Authorization {
  static final String OWNER = "owner";
  private static final String KEY_ID = "keyId";
  private static final Logger LOG = LoggerFactory.getLogger(Authorization.class);

  private Authorization() {}

  /** What was decided. */
  public sealed interface Decision {
    /**
     * The call goes on.
     *
     * @param keyId the id of the key that it came with, where it was a key
     */
    record Allowed(Owner owner, Optional<String> keyId) implements Decision {}

    /** The call is refused. */
    record Denied() implements Decision {}
  }

  /**
   * Has the event decided, and writes the decision. What is thrown goes on to the gateway, which
   * then answers 500: nobody gets in because something is broken.
   *
   * @param decide gets the identity source, the whole {@code Authorization} header: the gateway
   *     remembers a decision by that and by nothing else of the request
   */
  public static void run(
      InputStream in, OutputStream out, Context context, Function<String, Decision> decide)
      throws IOException {
    JsonNode event = Json.read(in);
    out.write(Telemetry.around(context, () -> Json.bytes(answer(event, decide))));
  }

  private static ObjectNode answer(JsonNode event, Function<String, Decision> decide) {
    try {
      return switch (decide.apply(event.path("identitySource").path(0).asText())) {
        case Decision.Allowed allowed -> {
          ObjectNode answer = Json.object().put("isAuthorized", true);
          ObjectNode caller = answer.putObject("context").put(OWNER, allowed.owner().name());
          allowed.keyId().ifPresent(id -> caller.put(KEY_ID, id));
          yield answer;
        }
        case Decision.Denied _ -> {
          Telemetry.count("AuthorizationRefused");
          yield Json.object().put("isAuthorized", false);
        }
      };
    } catch (RuntimeException e) {
      LOG.error("nobody can tell who calls {}", event.path("routeKey").asText(), e);
      Telemetry.count("InternalError");
      throw e;
    }
  }
}
