package io.riffhook.bench.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads what a request on the wire is, and what it takes. */
final class WireReader {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int CHUNK = 64 * 1024;
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** What every change writes, and so tells nothing. */
  private static final Set<String> EVERY_CHANGE = Set.of("writeMark", "updatedAt", "PK", "SK");

  private WireReader() {}

  /** A request's body, with the question for the units that it takes. */
  static byte[] asking(String target, byte[] body) throws IOException {
    if (!target.startsWith("DynamoDB")
        || !(JSON.readTree(body) instanceof ObjectNode node)
        || target.contains("Table")) {
      return body;
    }
    return JSON.writeValueAsBytes(node.put("ReturnConsumedCapacity", "TOTAL"));
  }

  static WireRequest read(
      String source, String target, String method, URI uri, byte[] body, int status, byte[] answer)
      throws IOException {
    String operation = target.substring(target.indexOf('.') + 1);
    if (target.startsWith("DynamoDB")) {
      return dynamoDb(source, operation, JSON.readTree(body), status, JSON.readTree(answer));
    }
    if (target.startsWith("AmazonSQS")) {
      return sqs(
          source,
          operation,
          JSON.readTree(body),
          answer.length == 0 ? JSON.createObjectNode() : JSON.readTree(answer));
    }
    return new WireRequest(
        source, WireRequest.S3, s3(method, uri), name(uri), 0, 1, 0, 0, status >= 400);
  }

  private static WireRequest dynamoDb(
      String source, String operation, JsonNode request, int status, JsonNode answer) {
    boolean writes = Set.of("PutItem", "UpdateItem", "DeleteItem").contains(operation);
    double units = 0;
    JsonNode capacity = answer.path("ConsumedCapacity");
    for (JsonNode each : capacity.isArray() ? capacity : JSON.createArrayNode().add(capacity)) {
      units += each.path("CapacityUnits").asDouble();
    }
    if (status >= 400) {
      units = 1; // a write that is refused takes the units of what is there, one at least
    }
    return new WireRequest(
        source,
        WireRequest.DYNAMODB,
        operation,
        item(request),
        0,
        1,
        writes ? 0 : units,
        writes ? units : 0,
        status >= 400);
  }

  private static String item(JsonNode request) {
    JsonNode key = request.has("Key") ? request.path("Key") : request.path("Item");
    String name = key.path("SK").path("S").asText();
    if (name.isEmpty()) {
      name = request.path("ExpressionAttributeValues").path(":key").path("S").asText();
    }
    Set<String> changed = new TreeSet<>();
    String expression = request.path("UpdateExpression").asText();
    request
        .path("ExpressionAttributeNames")
        .properties()
        .forEach(
            each -> {
              String attribute = each.getValue().asText();
              if (Pattern.compile(Pattern.quote(each.getKey()) + "\\b").matcher(expression).find()
                  && !EVERY_CHANGE.contains(attribute)) {
                changed.add(ID.matcher(attribute).replaceAll("…"));
              }
            });
    String plain = ID.matcher(name).replaceAll("…").replaceAll("#.*", "");
    return (plain.isEmpty() ? "items" : plain) + (changed.isEmpty() ? "" : " " + changed);
  }

  private static WireRequest sqs(
      String source, String operation, JsonNode request, JsonNode answer) {
    int messages = 1;
    long bytes = 0;
    if (operation.equals("ReceiveMessage")) {
      messages = answer.path("Messages").size();
      for (JsonNode each : answer.path("Messages")) {
        bytes += size(each.path("Body").asText());
      }
    } else if (operation.endsWith("Batch")) {
      messages = request.path("Entries").size();
      for (JsonNode each : request.path("Entries")) {
        bytes += size(each.path("MessageBody").asText());
      }
    } else {
      bytes = size(request.path("MessageBody").asText());
    }
    String url = request.path("QueueUrl").asText();
    return new WireRequest(
        source,
        WireRequest.SQS,
        operation,
        url.substring(url.lastIndexOf('/') + 1),
        messages,
        (int) Math.max(1, Math.ceilDiv(bytes, CHUNK)),
        0,
        0,
        false);
  }

  private static int size(String body) {
    return body.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String s3(String method, URI uri) {
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    return switch (method.toUpperCase(Locale.ROOT)) {
      case "PUT" -> query.contains("partNumber=") ? "UploadPart" : "PutObject";
      case "POST" ->
          query.contains("uploadId=") ? "CompleteMultipartUpload" : "CreateMultipartUpload";
      case "HEAD" -> "HeadObject";
      case "DELETE" -> "Delete";
      default -> "GetObject";
    };
  }

  private static String name(URI uri) {
    String path = uri.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
