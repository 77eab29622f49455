package io.riffhook.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Function;

/** Runs a function that both HTTP requests and SQS messages start. */
public final class Triggers {
  private Triggers() {}

  /** Hands the event to the one that it is for. */
  public static void run(
      InputStream in,
      OutputStream out,
      Context context,
      Function<HttpRequest, HttpResponse> answer,
      SqsFunction.Worker worker,
      SqsFunction.Redelivery redelivery)
      throws IOException {
    JsonNode event = Json.read(in);
    if (event.path("Records").isArray()) {
      SqsFunction.run(event, out, context, worker, redelivery);
    } else {
      HttpFunction.run(event, out, context, answer);
    }
  }
}
