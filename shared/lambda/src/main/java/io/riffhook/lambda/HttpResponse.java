package io.riffhook.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** An answer, to be handed to API Gateway's HTTP API in payload format 2.0. */
public record HttpResponse(int status, Map<String, String> headers, String body) {
  public HttpResponse {
    headers = Map.copyOf(headers);
  }

  /** An answer with a JSON document. */
  public static HttpResponse json(int status, JsonNode document) {
    return json(status, "application/json", document);
  }

  static HttpResponse json(int status, String contentType, JsonNode document) {
    return new HttpResponse(
        status,
        Map.of("content-type", contentType, "cache-control", "no-store"),
        new String(Json.bytes(document), StandardCharsets.UTF_8));
  }

  /** An answer without a body. */
  public static HttpResponse empty(int status) {
    return new HttpResponse(status, Map.of(), "");
  }

  /** An answer that sends the caller on. */
  public static HttpResponse found(URI location) {
    return empty(302).with("location", location.toString()).with("cache-control", "no-store");
  }

  /** The answer with one more header. */
  public HttpResponse with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new HttpResponse(status, more, body);
  }

  ObjectNode event() {
    ObjectNode event = Json.object().put("statusCode", status);
    ObjectNode fields = event.putObject("headers");
    headers.forEach(fields::put);
    return event.put("body", body).put("isBase64Encoded", false);
  }
}
