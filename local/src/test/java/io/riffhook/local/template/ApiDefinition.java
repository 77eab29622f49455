package io.riffhook.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The OpenAPI document that API Gateway imports for the template's HTTP API. */
final class ApiDefinition {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private ApiDefinition() {}

  /**
   * Builds the document from the template as SAM does: the DefinitionBody, with integration,
   * security and path parameters of each event. {@link TemplateToolsTest} compares it with SAM's
   * own.
   */
  static JsonNode derived(Template template) {
    Node.Fields api = template.resource("HttpApi").properties();
    Map<String, String> pseudo = new HashMap<>();
    pseudo.put("AWS::StackName", "riffhook");
    ObjectNode body =
        (ObjectNode)
            json(
                template
                    .resolver(pseudo, Map.of())
                    .resolve(api.find("DefinitionBody").orElseThrow())
                    .orElseThrow());
    String authorizer =
        api.fields("Auth").fields("Authorizers").values().keySet().iterator().next();
    for (Function function : template.functions()) {
      for (Route route : function.routes()) {
        ObjectNode operation =
            body.withObject("paths")
                .withObjectProperty(route.path())
                .withObjectProperty(route.method().toLowerCase(Locale.ROOT));
        operation
            .withObject("x-amazon-apigateway-integration")
            .put("type", "aws_proxy")
            .put("httpMethod", "POST")
            .put("payloadFormatVersion", "2.0")
            .put("uri", "arn:aws:lambda");
        if (!operation.has("responses")) {
          operation.putObject("responses");
        }
        addParameters(route.path(), operation);
        if (route.authorizer().isPresent()) {
          operation.putArray("security").addObject().putArray(authorizer);
        }
      }
    }
    body.withObject("components")
        .withObject("securitySchemes")
        .putObject(authorizer)
        .put("type", "apiKey")
        .put("name", "Unused")
        .put("in", "header");
    return body;
  }

  private static void addParameters(String path, ObjectNode operation) {
    for (String name : parameters(path)) {
      ArrayNode declared = operation.withArray("parameters");
      boolean there = false;
      for (JsonNode parameter : declared) {
        there |= parameter.path("name").asText().equals(name);
      }
      if (!there) {
        declared.addObject().put("name", name).put("in", "path").put("required", true);
      }
    }
  }

  private static List<String> parameters(String path) {
    List<String> names = new ArrayList<>();
    Matcher matcher = PARAMETER.matcher(path);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static JsonNode json(Node node) {
    return switch (node) {
      case Node.Text(String value) when value.equals("true") || value.equals("false") ->
          JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(value));
      case Node.Text(String value) -> JsonNodeFactory.instance.textNode(value);
      case Node.Items items -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.values().forEach(each -> array.add(json(each)));
        yield array;
      }
      case Node.Fields fields -> {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.values().forEach((name, each) -> object.set(name, json(each)));
        yield object;
      }
      case Node.Call call -> throw new IllegalArgumentException("unresolved " + call);
    };
  }

  /**
   * Resolves the intrinsic functions of a translated document as CloudFormation does before the
   * import.
   *
   * @param conditions whether a condition holds, by its name
   */
  static Optional<JsonNode> resolved(JsonNode node, Predicate<String> conditions) {
    if (node.isObject() && node.size() == 1) {
      String name = node.fieldNames().next();
      JsonNode argument = node.get(name);
      if (name.equals("Fn::If")) {
        return resolved(
            argument.get(conditions.test(argument.get(0).asText()) ? 1 : 2), conditions);
      }
      if (name.equals("Ref") && argument.asText().equals("AWS::NoValue")) {
        return Optional.empty();
      }
      if (name.equals("Fn::Split")) {
        return Optional.of(JsonNodeFactory.instance.arrayNode().add("https://app.example"));
      }
      if (name.equals("Ref") || name.startsWith("Fn::")) {
        return Optional.of(JsonNodeFactory.instance.textNode("resolved"));
      }
    }
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      node.properties()
          .forEach(
              each ->
                  resolved(each.getValue(), conditions)
                      .ifPresent(value -> object.set(each.getKey(), value)));
      return Optional.of(object);
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.forEach(each -> resolved(each, conditions).ifPresent(array::add));
      return Optional.of(array);
    }
    return Optional.of(node);
  }

  /** The operations by method and path, such as {@code GET /v1/jobs}. */
  static Set<String> operations(JsonNode document) {
    Set<String> operations = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (METHODS.contains(method)) {
                            operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                          }
                        }));
    return operations;
  }

  /**
   * Lists what OpenAPI 3.0 does not allow in a document: in the parser's words, which are those of
   * API Gateway's import warnings, and what the parser overlooks.
   */
  static List<String> problems(JsonNode document) throws Exception {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    List<String> problems =
        new ArrayList<>(
            new OpenAPIV3Parser()
                .readContents(JSON.writeValueAsString(document), List.of(), options)
                .getMessages());
    JsonNode schemes = document.at("/components/securitySchemes");
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          String place = method.getKey() + " " + path.getKey();
                          JsonNode operation = method.getValue();
                          if (operation.path("responses").isEmpty()) {
                            problems.add(place + ": no response");
                          }
                          for (JsonNode requirement : operation.path("security")) {
                            requirement
                                .fieldNames()
                                .forEachRemaining(
                                    scheme -> {
                                      if (!schemes.has(scheme)) {
                                        problems.add(place + ": no security scheme " + scheme);
                                      }
                                    });
                          }
                          List<String> declared = new ArrayList<>();
                          for (JsonNode parameter : operation.path("parameters")) {
                            declared.add(parameter.path("name").asText());
                            if (!parameter.has("schema")) {
                              problems.add(place + ": a parameter without a schema");
                            }
                          }
                          if (!Set.copyOf(declared).equals(Set.copyOf(parameters(path.getKey())))) {
                            problems.add(place + ": declares the parameters " + declared);
                          }
                        }));
    return problems;
  }
}
