package io.riffhook.attacks;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.lambda.HttpFunction;
import io.riffhook.lambda.HttpRequest;
import io.riffhook.lambda.HttpResponse;
import io.riffhook.lambda.NobodysContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A call as the gateway hands it to a function.
 *
 * @param body as it was sent; the event has it in base64, as the gateway has what is no text
 */
// The bytes as they are sent; calls are never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Call(
    String route,
    Map<String, String> path,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body) {
  /** Texts in ASCII only, so that an event can hold half a character. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** A call with no query and no headers. */
  public Call(String route, Map<String, String> path, byte[] body) {
    this(route, path, Map.of(), Map.of(), body);
  }

  /** A call with no query and no headers. */
  public Call(String route, Map<String, String> path, String body) {
    this(route, path, body.getBytes(StandardCharsets.UTF_8));
  }

  /** The same call with headers, whose names the gateway makes lower case. */
  public Call with(Map<String, String> more) {
    Map<String, String> lower = new HashMap<>(headers);
    more.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return new Call(route, path, query, lower, body);
  }

  /** The answer as the gateway gets it. */
  public Answer answeredBy(Function<HttpRequest, HttpResponse> function) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      HttpFunction.run(
          new ByteArrayInputStream(event()), out, new NobodysContext("attack"), function);
      return new Answer(out.toByteArray(), JSON.readTree(out.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] event() throws IOException {
    ObjectNode event = JSON.createObjectNode().put("version", "2.0").put("routeKey", route);
    put(event.putObject("pathParameters"), path);
    put(event.putObject("queryStringParameters"), query);
    put(event.putObject("headers"), headers);
    event.put("body", Base64.getEncoder().encodeToString(body)).put("isBase64Encoded", true);
    return JSON.writeValueAsBytes(event);
  }

  private static void put(ObjectNode node, Map<String, String> texts) {
    texts.forEach(node::put);
  }

  /**
   * An answer.
   *
   * @param bytes all of it, as the function wrote it
   * @param event it as a document
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Answer(byte[] bytes, JsonNode event) {
    /** Its status. */
    public int status() {
      return event.path("statusCode").asInt();
    }

    /** Its body as a document. */
    public JsonNode json() {
      try {
        return JSON.readTree(event.path("body").asText());
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + event, e);
      }
    }

    /** A header's value; empty where there is none. */
    public String header(String name) {
      return event.path("headers").path(name).asText("");
    }

    /** All that was written, as a text. */
    public String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * The answer, which must not be an error of ours, nor hold a header that is two; and where it
     * is an error, it must be a problem document.
     */
    public Answer sound() {
      check(status() >= 200 && status() < 500, "an error of ours");
      event
          .path("headers")
          .forEach(
              value ->
                  check(
                      value.asText().chars().allMatch(c -> c >= ' ' && c < 0x7f),
                      "a header that is none"));
      if (status() >= 400) {
        JsonNode problem = json();
        check(header("content-type").equals("application/problem+json"), "no problem document");
        check(problem.path("status").asInt() == status(), "a problem of another status");
        check(
            problem.path("type").asText().startsWith("urn:riffhook:problem:"),
            "a problem without a type");
        check(!problem.path("title").asText().isBlank(), "a problem without a title");
      }
      return this;
    }

    private void check(boolean holds, String what) {
      if (!holds) {
        throw new AssertionError(what + ": " + event);
      }
    }
  }
}
