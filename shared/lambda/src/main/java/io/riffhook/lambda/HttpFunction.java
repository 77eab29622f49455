package io.riffhook.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what answers HTTP requests, and turns what it throws into a 500 that tells nothing. */
public final class HttpFunction {
  private static final Logger LOG = LoggerFactory.getLogger(HttpFunction.class);

  private HttpFunction() {}

  /** Reads the event, has it answered, and writes the answer. */
  public static void run(
      InputStream in, OutputStream out, Context context, Function<HttpRequest, HttpResponse> answer)
      throws IOException {
    run(Json.read(in), out, context, answer);
  }

  static void run(
      JsonNode event, OutputStream out, Context context, Function<HttpRequest, HttpResponse> answer)
      throws IOException {
    out.write(Telemetry.around(context, () -> Json.bytes(answer(event, context, answer).event())));
  }

  private static HttpResponse answer(
      JsonNode event, Context context, Function<HttpRequest, HttpResponse> answer) {
    try {
      return answer.apply(HttpRequest.of(event));
    } catch (HttpRequest.BadEventException e) {
      LOG.warn("{} was not taken: {}", event.path("routeKey").asText(), e.getMessage());
      return Problem.malformed("The body is marked as base64 but is not valid base64.", List.of());
    } catch (RuntimeException e) {
      LOG.error("{} failed", event.path("routeKey").asText(), e);
      Telemetry.count("InternalError");
      return Problem.internal(context.getAwsRequestId());
    } finally {
      Telemetry.aboutNothing();
    }
  }
}
