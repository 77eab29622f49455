package io.riffhook.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as API Gateway's HTTP API hands it over (payload format 2.0: header names in lower
 * case, repeated ones joined by commas, the body perhaps in base64).
 *
 * @param route the route that matched, such as {@code GET /v1/jobs/{id}}
 * @param principal who the gateway says is calling, where a route has an authorizer
 */
// The bytes as they came, for signatures are over them; requests are never compared.
@SuppressWarnings("ArrayRecordComponent")
public record HttpRequest(
    String route,
    Map<String, String> path,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body,
    Optional<String> principal) {

  /**
   * The request in an event.
   *
   * @throws BadEventException where the event is none that the gateway sends
   */
  public static HttpRequest of(JsonNode event) {
    String body = event.path("body").asText("");
    boolean encoded = event.path("isBase64Encoded").asBoolean();
    return new HttpRequest(
        event.path("routeKey").asText(""),
        texts(event.path("pathParameters")),
        texts(event.path("queryStringParameters")),
        lowerCased(texts(event.path("headers"))),
        encoded ? decoded(body) : body.getBytes(StandardCharsets.UTF_8),
        principal(event.path("requestContext").path("authorizer")));
  }

  private static byte[] decoded(String body) {
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new BadEventException("the body is not the base64 that the event says it is", e);
    }
  }

  /** An event that no gateway sends. */
  static final class BadEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private BadEventException(String why, Throwable cause) {
      super(why, cause);
    }
  }

  /** Whom our authorizer found behind the key or token, as {@link Authorization} told it. */
  private static Optional<String> principal(JsonNode authorizer) {
    JsonNode owner = authorizer.path("lambda").path(Authorization.OWNER);
    return owner.isMissingNode() ? Optional.empty() : Optional.of(owner.asText());
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new HashMap<>();
    object.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
    return Map.copyOf(texts);
  }

  private static Map<String, String> lowerCased(Map<String, String> headers) {
    Map<String, String> lower = new HashMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return Map.copyOf(lower);
  }

  /** A variable of the route's path. */
  public String variable(String name) {
    return Optional.ofNullable(path.get(name)).orElse("");
  }

  /** A query parameter. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** A header, by its name in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
