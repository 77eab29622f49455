package io.riffhook.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an HTTP API answers. */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record HttpResult(int status, Map<String, String> headers, List<String> cookies, byte[] body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An answer of the gateway itself. */
  static HttpResult message(int status, String message) {
    return new HttpResult(
        status,
        Map.of("content-type", "application/json"),
        List.of(),
        "{\"message\":\"%s\"}".formatted(message).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a function's answer: one with a {@code statusCode} says all itself; any other JSON is the
   * body of a 200. Anything else is an error of the function.
   */
  static HttpResult of(byte[] payload) {
    try {
      JsonNode answer = JSON.readTree(payload);
      if (answer == null || answer.isMissingNode()) {
        return message(500, "Internal Server Error");
      }
      if (!answer.has("statusCode")) {
        return inferred(answer, payload);
      }
      if (!answer.get("statusCode").canConvertToInt()) {
        return message(500, "Internal Server Error");
      }
      return structured(answer);
    } catch (IOException | IllegalArgumentException e) {
      return message(500, "Internal Server Error");
    }
  }

  private static HttpResult inferred(JsonNode answer, byte[] payload) {
    byte[] body =
        answer.isTextual() ? answer.textValue().getBytes(StandardCharsets.UTF_8) : payload;
    return new HttpResult(200, Map.of("content-type", "application/json"), List.of(), body);
  }

  private static HttpResult structured(JsonNode answer) {
    Map<String, String> headers = new LinkedHashMap<>();
    answer
        .path("headers")
        .properties()
        .forEach(
            header ->
                headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue().asText()));
    headers.putIfAbsent("content-type", "text/plain;charset=UTF-8");
    List<String> cookies = new ArrayList<>();
    answer.path("cookies").forEach(cookie -> cookies.add(cookie.asText()));
    String body = answer.path("body").asText("");
    return new HttpResult(
        answer.get("statusCode").intValue(),
        headers,
        cookies,
        answer.path("isBase64Encoded").asBoolean()
            ? Base64.getDecoder().decode(body)
            : body.getBytes(StandardCharsets.UTF_8));
  }
}
