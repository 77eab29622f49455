package io.riffhook.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.local.template.Authorizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Decides about calls as an HTTP API does with its Lambda authorizer: the function is asked, and
 * what it says holds for a while for every call with the same header.
 *
 * <p>Safe for use by many threads.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html">API
 *     Gateway's rules</a>
 */
final class GatewayAuthorizer {
  /** API Gateway waits no longer for an authorizer. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Whoever makes headers up must not fill the memory. */
  private static final int MOST_REMEMBERED = 1_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Authorizer authorizer;
  private final HostedFunction function;
  private final boolean required;
  private final InstantSource clock;
  private final Map<String, Remembered> remembered =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /**
   * @param required whether a call without the header is refused, as API Gateway does; if not, one
   *     that comes from this machine goes on, and nobody is named
   */
  GatewayAuthorizer(
      Authorizer authorizer, HostedFunction function, boolean required, InstantSource clock) {
    this.authorizer = authorizer;
    this.function = function;
    this.required = required;
    this.clock = clock;
  }

  /** What became of a call. */
  sealed interface Decision {
    /** It goes on, with what the authorizer told of the caller. */
    record Allowed(ObjectNode context) implements Decision {}

    /** It goes on, and nobody knows whose it is. */
    record Nameless() implements Decision {}

    /** It ends here. */
    record Refused(HttpResult answer) implements Decision {}
  }

  private record Remembered(Decision decision, Instant until) {}

  /**
   * Decides about a call.
   *
   * @param event as its function will get it
   * @param fromHere whether it comes from this machine, as far as that can be told
   */
  Decision decide(ObjectNode event, boolean fromHere) throws InterruptedException {
    String identity = event.path("headers").path(authorizer.header()).asText("");
    if (identity.isEmpty()) {
      return required || !fromHere
          ? new Decision.Refused(HttpResult.message(401, "Unauthorized"))
          : new Decision.Nameless();
    }
    Optional<Decision> known = recall(identity);
    if (known.isPresent()) {
      return known.get();
    }
    Optional<Decision> decision = ask(event, identity);
    decision.ifPresent(each -> remember(identity, each));
    return decision.orElseGet(
        () -> new Decision.Refused(HttpResult.message(500, "Internal Server Error")));
  }

  private Optional<Decision> recall(String identity) {
    synchronized (remembered) {
      return Optional.ofNullable(remembered.get(identity))
          .filter(each -> each.until().isAfter(clock.instant()))
          .map(Remembered::decision);
    }
  }

  private void remember(String identity, Decision decision) {
    synchronized (remembered) {
      remembered.put(
          identity, new Remembered(decision, clock.instant().plus(authorizer.remembered())));
    }
  }

  /** What the function says; empty where it fails, which holds for this call only. */
  private Optional<Decision> ask(ObjectNode event, String identity) throws InterruptedException {
    byte[] payload = request(event, identity).toString().getBytes(StandardCharsets.UTF_8);
    try {
      return switch (function.invoke(payload).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        case Outcome.Answered(byte[] answer) -> read(answer);
        case Outcome.Failed _, Outcome.TimedOut _ -> Optional.empty();
      };
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an invocation's future never fails", e);
    }
  }

  private static ObjectNode request(ObjectNode event, String identity) {
    ObjectNode request =
        JsonNodeFactory.instance
            .objectNode()
            .put("version", "2.0")
            .put("type", "REQUEST")
            .put(
                "routeArn",
                "arn:aws:execute-api:us-east-1:000000000000:local/$default/"
                    + event.at("/requestContext/http/method").asText()
                    + event.path("rawPath").asText());
    request.putArray("identitySource").add(identity);
    request.setAll(event);
    request.remove("body");
    request.remove("isBase64Encoded");
    return request;
  }

  private static Optional<Decision> read(byte[] answer) {
    try {
      JsonNode said = JSON.readTree(answer);
      if (said == null || !said.path("isAuthorized").isBoolean()) {
        return Optional.empty();
      }
      return Optional.of(
          said.path("isAuthorized").booleanValue()
              ? new Decision.Allowed(
                  said.path("context") instanceof ObjectNode context
                      ? context
                      : JsonNodeFactory.instance.objectNode())
              : new Decision.Refused(HttpResult.message(403, "Forbidden")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
