package io.riffhook.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.riffhook.json.JsonTrees;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What a function calls while it rehearses, before a snapshot is taken: a server of this very
 * environment that answers as AWS and a provider do when all goes well. So the whole way of a call
 * is taken, though nothing is written where anybody sees it, and nothing is bought.
 *
 * <p>Of DynamoDB it knows what has been put, and no more: an update answers with the item as it
 * was. Whatever else is asked of AWS is answered with an empty document.
 */
public final class RehearsalServices implements AutoCloseable {
  private static final String NAME = "rehearsal";

  /** Where each adapter finds the id of the job that a provider took, and no error. */
  private static final String TAKEN =
      """
      {"id": "rehearsal", "job_id": "rehearsal", "jobid": "rehearsal", "task_id": "rehearsal",
       "jobs": [{"id": "rehearsal"}], "status": "started", "message": "success"}\
      """;

  /** Settings that primed code reads, with values that are nowhere in use. */
  private static final Map<String, String> VALUES =
      Map.of(
          "RIFFHOOK_PUBLIC_URL", "https://rehearsal.invalid",
          "RIFFHOOK_CALLBACK_SECRETS", "no-secret-of-anybodys",
          "STANDARD_WEBHOOK_SECRET", "whsec_bm8tc2VjcmV0LW9mLWFueWJvZHlz");

  private static final Answer REFUSED =
      new Answer(
          400,
          "{\"__type\": \"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\"}");

  private static final JsonTrees JSON = new JsonTrees(new JsonFactory());

  private final HttpServer server;
  private final Map<Key, JsonNode> items = new HashMap<>();

  private RehearsalServices(HttpServer server) {
    this.server = server;
  }

  /** What tells an item from all others. */
  private record Key(String partition, String sort) {
    private static Key of(JsonNode attributes) {
      return new Key(
          attributes.path(ItemKey.PARTITION).path("S").asText(),
          attributes.path(ItemKey.SORT).path("S").asText());
    }
  }

  /** An answer, with a status of HTTP. */
  private record Answer(int status, String body) {
    private static Answer ok(JsonNode document) {
      return new Answer(200, JSON.text(document));
    }
  }

  /**
   * Listens on a free port of loopback.
   *
   * @throws IOException where there is none
   */
  public static RehearsalServices start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    RehearsalServices services = new RehearsalServices(server);
    server.createContext("/", services::handle);
    server.start();
    return services;
  }

  /** Where it listens, without a slash at its end. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Returns the variables of a function that uses this server as AWS. They hold no credentials, no
   * name of a secret or parameter, and take no snapshot. The callback secrets, the public URL and
   * the standard provider's signing secret have values of their own here; if the real function
   * reads them from Secrets Manager or SSM, so does this one, from this server, so that a first
   * event finds those clients loaded. Every other setting that comes from there is left out. A
   * function that calls providers must be led to {@link #url} as well.
   *
   * @param real the variables of the function that is primed
   */
  public Map<String, String> environment(Map<String, String> real) {
    Map<String, String> environment = new HashMap<>(real);
    environment.keySet().removeIf(name -> name.startsWith("AWS_ENDPOINT_URL_"));
    environment.remove("AWS_SESSION_TOKEN");
    environment.put("AWS_ENDPOINT_URL", url());
    environment.put("AWS_ACCESS_KEY_ID", NAME);
    environment.put("AWS_SECRET_ACCESS_KEY", NAME);
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    environment.put("RIFFHOOK_ONE_MACHINE", "true");
    environment.keySet().removeIf(name -> isSource(real, name));
    VALUES.forEach(
        (name, value) -> {
          environment.put(name, value);
          for (String source : List.of(name + "_ARN", name + "_PARAMETER")) {
            if (isSource(real, source)) {
              environment.remove(name);
              environment.put(source, name);
            }
          }
        });
    return Map.copyOf(environment);
  }

  /** Whether a variable names the secret or the parameter that holds a setting. */
  private static boolean isSource(Map<String, String> environment, String name) {
    return (name.endsWith("_ARN") || name.endsWith("_PARAMETER"))
        && !environment.getOrDefault(name, "").isBlank();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      Answer answer =
          target == null
              ? new Answer(200, TAKEN)
              : aws(target.substring(target.indexOf('.') + 1), JSON.read(body));
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      exchange.getResponseHeaders().set("X-Amz-Crc32", Long.toString(checksum.getValue()));
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Answer aws(String operation, JsonNode request) {
    return switch (operation) {
      case "PutItem" -> {
        items.put(Key.of(request.path("Item")), request.path("Item"));
        yield Answer.ok(object());
      }
      case "GetItem" -> {
        ObjectNode answer = object();
        known(request).ifPresent(item -> answer.set("Item", item));
        yield Answer.ok(answer);
      }
      case "UpdateItem" ->
          known(request).map(item -> Answer.ok(object().set("Attributes", item))).orElse(REFUSED);
      case "Query" -> Answer.ok(found(request));
      case "SendMessage" -> Answer.ok(sent(request.path("MessageBody")));
      case "SendMessageBatch" -> Answer.ok(sent(request.path("Entries").valueStream().toList()));
      case "GetSecretValue" ->
          Answer.ok(object().put("SecretString", value(request.path("SecretId").asText())));
      case "GetParameter" -> {
        String name = request.path("Name").asText();
        yield Answer.ok(
            object().set("Parameter", object().put("Name", name).put("Value", value(name))));
      }
      default -> Answer.ok(object());
    };
  }

  private static String value(String name) {
    return VALUES.getOrDefault(name, NAME);
  }

  private Optional<JsonNode> known(JsonNode request) {
    return Optional.ofNullable(items.get(Key.of(request.path("Key"))));
  }

  /** The items of a partition, of the table or of an index. */
  private ObjectNode found(JsonNode request) {
    String[] sides = request.path("KeyConditionExpression").asText().split(" = ");
    String name = request.path("ExpressionAttributeNames").path(sides[0]).asText();
    JsonNode value = request.path("ExpressionAttributeValues").path(sides[1]);
    ObjectNode found = object();
    found
        .putArray("Items")
        .addAll(items.values().stream().filter(item -> value.equals(item.path(name))).toList());
    return found.put("Count", found.path("Items").size());
  }

  private static ObjectNode sent(JsonNode body) {
    return object().put("MessageId", NAME).put("MD5OfMessageBody", md5(body.asText()));
  }

  private static ObjectNode sent(List<JsonNode> entries) {
    ObjectNode sent = object();
    sent.putArray("Successful")
        .addAll(
            entries.stream()
                .map(entry -> sent(entry.path("MessageBody")).put("Id", entry.path("Id").asText()))
                .toList());
    sent.putArray("Failed");
    return sent;
  }

  /** As SQS has it, and the SDK looks whether it is so. */
  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
