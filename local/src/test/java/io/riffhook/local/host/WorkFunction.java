package io.riffhook.local.host;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * Reports a message as failed as often as its body says: {@code 1} fails once, {@code 9} for good.
 * A body {@code throw} fails the whole batch. Adds each message to the reports that REPORTS names.
 */
public final class WorkFunction implements RequestStreamHandler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Reports reports;

  public WorkFunction() {
    this(System.getenv());
  }

  public WorkFunction(Map<String, String> environment) {
    reports = Reports.of(environment.getOrDefault("REPORTS", ""));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode failures = answer.putArray("batchItemFailures");
    for (JsonNode message : JSON.readTree(input).path("Records")) {
      reports.add(message);
      String body = message.path("body").asText();
      if (body.equals("throw")) {
        throw new IllegalStateException("asked to fail");
      }
      int failing = Integer.parseInt(body);
      if (message.at("/attributes/ApproximateReceiveCount").asInt() <= failing) {
        failures.addObject().put("itemIdentifier", message.path("messageId").asText());
      }
    }
    JSON.writeValue(output, answer);
  }
}
