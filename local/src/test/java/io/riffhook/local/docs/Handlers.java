package io.riffhook.local.docs;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.lambda.NobodysContext;
import io.riffhook.local.template.Function;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Runs handlers as Lambda would, with an environment of the test's. */
public final class Handlers {
  private Handlers() {}

  /** A function's handler, as Lambda makes it. */
  public static RequestStreamHandler of(Function function, Map<String, String> environment)
      throws ReflectiveOperationException {
    return Class.forName(function.handlerClass())
        .asSubclass(RequestStreamHandler.class)
        .getConstructor(Map.class)
        .newInstance(environment);
  }

  /** What a handler answers to an event. */
  public static JsonNode run(RequestStreamHandler handler, JsonNode event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)),
        answer,
        new NobodysContext("6f0c2c0e-5d2b-4f0e-9d0e-0b4f0f6b9a11"));
    return Repository.JSON.readTree(answer.toByteArray());
  }
}
