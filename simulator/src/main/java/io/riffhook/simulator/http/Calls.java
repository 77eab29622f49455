package io.riffhook.simulator.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** Reads calls from Jetty's requests. */
final class Calls {
  private static final int RECORDED_CHARACTERS = 1 << 16;

  Call read(Request request) throws IOException {
    return new Call(
        request.getMethod(),
        path(Request.getPathInContext(request)),
        query(request),
        header(request, HttpHeader.AUTHORIZATION),
        header(request, HttpHeader.CONTENT_TYPE),
        new Call.Range(header(request, HttpHeader.RANGE), header(request, HttpHeader.IF_RANGE)),
        body(request));
  }

  RecordedRequest record(Call call, int status) {
    String body = call.body();
    String recorded = body.substring(0, Math.min(body.length(), RECORDED_CHARACTERS));
    return new RecordedRequest(
        call.method(),
        call.path(),
        call.query(),
        call.range().range(),
        recorded,
        Instant.now(),
        status);
  }

  /**
   * The vendor documents {@code /music/?id=} and {@code /music} alike, so both are one path here.
   */
  private static String path(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static Map<String, String> query(Request request) {
    Map<String, String> query = new LinkedHashMap<>();
    for (Fields.Field field : Request.extractQueryParameters(request)) {
      query.putIfAbsent(field.getName(), Optional.ofNullable(field.getValue()).orElse(""));
    }
    return query;
  }

  private static String header(Request request, HttpHeader name) {
    return Optional.ofNullable(request.getHeaders().get(name)).orElse("");
  }

  private static String body(Request request) throws IOException {
    try (InputStream in = Content.Source.asInputStream(request)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
