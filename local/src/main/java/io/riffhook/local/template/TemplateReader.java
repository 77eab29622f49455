package io.riffhook.local.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Builds the model from nodes, and refuses what it does not know. */
final class TemplateReader {
  // Resources with no part to play on one machine. An unknown type is an error, so that nothing is
  // left out unnoticed.
  private static final Set<String> CLOUD_ONLY =
      Set.of(
          "AWS::Serverless::HttpApi",
          "AWS::CloudWatch::Alarm",
          "AWS::IAM::ManagedPolicy",
          "AWS::IAM::Role",
          "AWS::Logs::LogGroup",
          "AWS::S3::BucketPolicy",
          "AWS::SQS::QueuePolicy",
          "AWS::SecretsManager::Secret",
          "AWS::SSM::Parameter");

  private final Node.Fields root;
  private final Map<String, String> parameters;

  TemplateReader(Node.Fields root, Map<String, String> given) {
    this.root = root;
    this.parameters = parameters(root.fields("Parameters"), given);
  }

  Template read() {
    Map<String, Resource> resources = new LinkedHashMap<>();
    root.fields("Resources")
        .values()
        .forEach((name, node) -> resources.put(name, resource(name, node.asFields())));
    Map<String, Node> conditions = root.fields("Conditions").values();
    new ReferenceCheck(parameters.keySet(), conditions.keySet(), resources.keySet()).check(root);
    Resolver resolver = new Resolver(conditions, parameters, Map.of());
    ResourceReader reader = new ResourceReader(resolver, resources);
    EventReader events = new EventReader(resolver, resources);
    return new Template(
        parameters,
        conditions,
        resources,
        ofType(resources, "AWS::Serverless::Function").map(reader::function).toList(),
        ofType(resources, "AWS::SQS::Queue").map(reader::queue).toList(),
        ofType(resources, "AWS::DynamoDB::Table").map(reader::table).toList(),
        ofType(resources, "AWS::S3::Bucket").map(reader::bucket).toList(),
        ofType(resources, "AWS::Events::EventBus").map(events::bus).toList(),
        ofType(resources, "AWS::Events::Rule").map(events::rule).toList(),
        ofType(resources, "AWS::Pipes::Pipe").map(events::pipe).toList(),
        ofType(resources, "AWS::Serverless::HttpApi")
            .map(reader::httpApiCors)
            .flatMap(Optional::stream)
            .findFirst());
  }

  private static Stream<Resource> ofType(Map<String, Resource> resources, String type) {
    return resources.values().stream().filter(resource -> resource.type().equals(type));
  }

  private Resource resource(String name, Node.Fields declared) {
    String type =
        declared
            .find("Type")
            .orElseThrow(() -> new TemplateException(name + " has no Type"))
            .asText();
    Node.Fields properties = declared.fields("Properties");
    return switch (type) {
      case "AWS::Serverless::Function" ->
          new Resource(
              name, type, root.fields("Globals").fields("Function").overlaidBy(properties));
      case "AWS::SQS::Queue",
          "AWS::DynamoDB::Table",
          "AWS::S3::Bucket",
          "AWS::Events::EventBus",
          "AWS::Events::Rule",
          "AWS::Pipes::Pipe" ->
          new Resource(name, type, properties);
      default -> {
        if (!CLOUD_ONLY.contains(type)) {
          throw new TemplateException(name + ": resource type " + type + " is not known");
        }
        yield new Resource(name, type, properties);
      }
    };
  }

  private static Map<String, String> parameters(Node.Fields declared, Map<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    declared
        .values()
        .forEach(
            (name, parameter) ->
                parameter
                    .asFields()
                    .find("Default")
                    .ifPresent(value -> values.put(name, value.asText())));
    given.forEach(
        (name, value) -> {
          if (declared.find(name).isEmpty()) {
            throw new TemplateException("the template has no parameter " + name);
          }
          checkPattern(name, declared.fields(name), value);
          values.put(name, value);
        });
    List<String> missing =
        declared.values().keySet().stream().filter(name -> !values.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new TemplateException("parameters without a value: " + String.join(", ", missing));
    }
    return values;
  }

  /** CloudFormation accepts only values that the whole pattern matches. */
  private static void checkPattern(String name, Node.Fields parameter, String value) {
    parameter
        .find("AllowedPattern")
        .map(Node::asText)
        .filter(pattern -> !Pattern.compile("(?:" + pattern + ")").matcher(value).matches())
        .ifPresent(
            pattern -> {
              throw new TemplateException(
                  "parameter %s cannot be \"%s\": %s"
                      .formatted(
                          name,
                          value,
                          parameter
                              .find("ConstraintDescription")
                              .map(Node::asText)
                              .orElse("it must match " + pattern)));
            });
  }
}
