package io.riffhook.local.host;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** Answers with the event it got, its context and its environment. */
public final class EchoFunction implements RequestStreamHandler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> environment;

  public EchoFunction() {
    this(System.getenv());
  }

  public EchoFunction(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    answer.set("event", JSON.readTree(input));
    answer.set("environment", JSON.valueToTree(environment));
    answer.put("function", context.getFunctionName());
    answer.put("memory", context.getMemoryLimitInMB());
    answer.put("remaining", context.getRemainingTimeInMillis());
    JSON.writeValue(output, answer);
  }
}
