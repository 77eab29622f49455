package io.riffhook.local.host;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An authorizer that tells which request it got as how manieth, or does what the header says. */
public final class GuardFunction implements RequestStreamHandler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private int asked;

  public GuardFunction() {}

  public GuardFunction(Map<String, String> environment) {}

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    JsonNode request = JSON.readTree(input);
    asked++;
    String answer =
        switch (request.path("identitySource").path(0).asText()) {
          case "let me in" ->
              JSON.createObjectNode()
                  .put("isAuthorized", true)
                  .set(
                      "context",
                      JSON.createObjectNode().put("asked", asked).set("request", request))
                  .toString();
          case "in without a name" -> "{\"isAuthorized\": true}";
          case "throw" -> throw new IllegalStateException("asked to fail");
          case "a policy" -> "{\"principalId\": \"me\", \"policyDocument\": {}}";
          case "no json" -> "yes";
          case "nothing" -> "";
          default -> "{\"isAuthorized\": false}";
        };
    output.write(answer.getBytes(StandardCharsets.UTF_8));
  }
}
