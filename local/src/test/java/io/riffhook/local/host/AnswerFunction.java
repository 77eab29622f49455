package io.riffhook.local.host;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Answers with the request's body, word for word, unless that asks for trouble. */
public final class AnswerFunction implements RequestStreamHandler {
  private static final ObjectMapper JSON = new ObjectMapper();

  public AnswerFunction() {}

  public AnswerFunction(Map<String, String> environment) {}

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String body = JSON.readTree(input).path("body").asText();
    switch (body) {
      case "throw" -> throw new IllegalStateException("asked to fail");
      case "error" -> throw new StackOverflowError("asked to overflow");
      case "hang" -> hang();
      default -> output.write(body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
