package io.riffhook.local.host;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request as an HTTP API hands it to a function: payload format 2.0. The path is decoded although
 * it is called raw, as API Gateway has it.
 */
final class HttpEvent {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  private HttpEvent() {}

  /**
   * @throws IllegalArgumentException if the path or query is not properly encoded
   */
  static ObjectNode of(Request request, byte[] body, RouteTable.Match match, Instant now) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    String path = decodePath(request.getHttpURI().getPath());
    String query = request.getHttpURI().getQuery() == null ? "" : request.getHttpURI().getQuery();
    event.put("version", "2.0");
    event.put("routeKey", match.route().key());
    event.put("rawPath", path);
    event.put("rawQueryString", query);
    cookies(request, event);
    putAll(event.putObject("headers"), headers(request));
    Map<String, String> parameters = parameters(query);
    if (!parameters.isEmpty()) {
      putAll(event.putObject("queryStringParameters"), parameters);
    }
    context(request, path, match, now, event.putObject("requestContext"));
    if (!match.variables().isEmpty()) {
      ObjectNode variables = event.putObject("pathParameters");
      match.variables().forEach((name, value) -> variables.put(name, decodePath(value)));
    }
    body(request, body, event);
    return event;
  }

  private static void cookies(Request request, ObjectNode event) {
    List<String> cookies =
        request.getHeaders().getValuesList("cookie").stream()
            .flatMap(header -> Arrays.stream(header.split(";")))
            .map(String::strip)
            .toList();
    if (!cookies.isEmpty()) {
      cookies.forEach(event.putArray("cookies")::add);
    }
  }

  private static Map<String, String> headers(Request request) {
    Map<String, String> headers = new TreeMap<>();
    for (HttpField field : request.getHeaders()) {
      String name = field.getLowerCaseName();
      if (!name.equals("cookie")) {
        String value = field.getValue() == null ? "" : field.getValue();
        headers.merge(name, value, (first, second) -> first + "," + second);
      }
    }
    return headers;
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new TreeMap<>();
    for (String pair : query.split("&")) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        String value = parts.length == 2 ? decodeForm(parts[1]) : "";
        parameters.merge(decodeForm(parts[0]), value, (first, second) -> first + "," + second);
      }
    }
    return parameters;
  }

  private static void context(
      Request request, String path, RouteTable.Match match, Instant now, ObjectNode context) {
    String host = Request.getServerName(request);
    context.put("accountId", "anonymous");
    context.put("apiId", "local");
    context.put("domainName", host);
    context.put("domainPrefix", host.replaceFirst("\\..*", ""));
    ObjectNode http = context.putObject("http");
    http.put("method", request.getMethod());
    http.put("path", path);
    http.put("protocol", request.getConnectionMetaData().getProtocol());
    http.put("sourceIp", Request.getRemoteAddr(request));
    String agent = request.getHeaders().get("user-agent");
    http.put("userAgent", agent == null ? "" : agent);
    context.put("requestId", UUID.randomUUID().toString());
    context.put("routeKey", match.route().key());
    context.put("stage", "$default");
    context.put("time", TIME.format(now));
    context.put("timeEpoch", now.toEpochMilli());
  }

  private static void body(Request request, byte[] body, ObjectNode event) {
    boolean text = isText(request.getHeaders().get("content-type"));
    if (body.length > 0) {
      event.put(
          "body",
          text
              ? new String(body, StandardCharsets.UTF_8)
              : Base64.getEncoder().encodeToString(body));
    }
    event.put("isBase64Encoded", body.length > 0 && !text);
  }

  /** What an HTTP API passes as it is; everything else, forms too, arrives in Base64. */
  private static boolean isText(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    String type = contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    return type.startsWith("text/")
        || List.of("application/json", "application/javascript", "application/xml").contains(type);
  }

  private static void putAll(ObjectNode node, Map<String, String> values) {
    values.forEach(node::put);
  }

  private static String decodePath(String encoded) {
    return decodeForm(encoded.replace("+", "%2B"));
  }

  private static String decodeForm(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }
}
