package io.riffhook.local.policies;

import io.riffhook.local.policies.Permission.Condition;
import io.riffhook.local.template.Function;
import io.riffhook.local.template.Node;
import io.riffhook.local.template.Resolver;
import io.riffhook.local.template.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The permissions that template.yaml gives each function, for a deployment with every optional
 * secret, parameter and key, and with resources named as on one machine.
 */
final class FunctionPolicies {
  /** The key under which a deployment keeps its secrets. */
  static final String SECRETS_KEY = Arns.key("secrets");

  /** The name of the mapping's parameter. */
  static final String MAPPING = "/riffhook/standard-mapping";

  private final Template template;
  private final Resolver resolver;

  private FunctionPolicies(Template template) {
    this.template = template;
    this.resolver = resolver(template);
  }

  static List<Permission> read(Path file) throws IOException {
    Map<String, String> parameters = new HashMap<>();
    Template.read(file, Map.of())
        .parameters()
        .keySet()
        .forEach(
            name -> {
              if (name.equals("SecretsKeyArn")) {
                parameters.put(name, SECRETS_KEY);
              } else if (name.equals("StandardMappingParameter")) {
                parameters.put(name, MAPPING);
              } else if (name.matches("\\w+(Token|Secret)Arn")) {
                parameters.put(name, Arns.secret(name));
              }
            });
    return new FunctionPolicies(Template.read(file, parameters)).read();
  }

  private static Resolver resolver(Template template) {
    Map<String, String> references =
        new HashMap<>(
            Map.of(
                "AWS::Region", Arns.REGION,
                "AWS::AccountId", Arns.ACCOUNT,
                "AWS::Partition", "aws",
                "AWS::URLSuffix", "amazonaws.com",
                "AWS::StackName", "local"));
    Map<String, String> attributes = new HashMap<>();
    template
        .resources()
        .forEach(
            (name, resource) -> {
              switch (resource.type()) {
                case "AWS::DynamoDB::Table" ->
                    attributes.put(name + ".Arn", Arns.table(physical(name)));
                case "AWS::SQS::Queue" -> attributes.put(name + ".Arn", Arns.queue(physical(name)));
                case "AWS::S3::Bucket" ->
                    attributes.put(name + ".Arn", Arns.bucket(physical(name)));
                case "AWS::SecretsManager::Secret" -> references.put(name, Arns.secret(name));
                case "AWS::IAM::ManagedPolicy" -> references.put(name, name);
                default -> {}
              }
            });
    return template.resolver(references, attributes);
  }

  /** As one machine names it. */
  private static String physical(String name) {
    return "riffhook" + name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|^", "-").toLowerCase(Locale.ROOT);
  }

  private List<Permission> read() {
    List<Permission> permissions = new ArrayList<>();
    for (Function function : template.functions()) {
      Node policies =
          resolver
              .resolve(
                  template.resource(function.name()).properties().find("Policies").orElseThrow())
              .orElseThrow();
      for (Node policy : policies.asItems()) {
        if (policy instanceof Node.Text managed) {
          permissions.addAll(statements(function.name(), managed.value(), managed(managed)));
        } else {
          permissions.addAll(
              statements(
                  function.name(),
                  function.name(),
                  policy.asFields().find("Statement").orElseThrow()));
        }
      }
    }
    return permissions;
  }

  private Node managed(Node.Text name) {
    return resolver
        .resolve(template.resource(name.value()).properties())
        .orElseThrow()
        .asFields()
        .fields("PolicyDocument")
        .find("Statement")
        .orElseThrow();
  }

  private static List<Permission> statements(String function, String policy, Node statements) {
    List<Permission> permissions = new ArrayList<>();
    int number = 0;
    for (Node node : statements.asItems()) {
      number++;
      Node.Fields statement = node.asFields();
      String place = "statement %d of %s".formatted(number, policy);
      if (!statement.find("Effect").map(Node::asText).orElse("").equals("Allow")) {
        throw new IllegalArgumentException(place + " does not allow");
      }
      Map<Condition, List<String>> conditions = conditions(statement.fields("Condition"));
      for (String action : texts(statement, "Action")) {
        for (String resource : texts(statement, "Resource")) {
          permissions.add(new Permission(function, place, action, resource, conditions));
        }
      }
    }
    return permissions;
  }

  private static Map<Condition, List<String>> conditions(Node.Fields fields) {
    Map<Condition, List<String>> conditions = new HashMap<>();
    fields
        .values()
        .forEach(
            (operator, keys) ->
                keys.asFields()
                    .values()
                    .keySet()
                    .forEach(
                        key ->
                            conditions.put(
                                new Condition(operator, key), texts(keys.asFields(), key))));
    return conditions;
  }

  private static List<String> texts(Node.Fields fields, String name) {
    return switch (fields.find(name).orElseThrow()) {
      case Node.Items items -> items.values().stream().map(Node::asText).toList();
      case Node node -> List.of(node.asText());
    };
  }
}
