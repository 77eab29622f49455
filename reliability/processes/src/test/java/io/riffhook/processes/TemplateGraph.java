package io.riffhook.processes;

import io.riffhook.local.template.Function;
import io.riffhook.local.template.Node;
import io.riffhook.local.template.Resource;
import io.riffhook.local.template.Template;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which resources of the translated template depend on which, by the rules by which SAM makes
 * resources of a function: a version that depends on the function, an alias that depends on the
 * version, and an API whose definition holds the alias of each function with a route.
 *
 * <p>INIT of a function with SnapStart runs while its version is made.
 */
final class TemplateGraph {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^!}.]+)(\\.[^}]*)?}");

  private final Template template;
  private final Map<String, Set<String>> needs = new HashMap<>();

  TemplateGraph(Template template) {
    this.template = template;
    template.resources().values().forEach(this::read);
  }

  static String version(String function) {
    return function + "Version";
  }

  private static String alias(String function) {
    return function + "Alias";
  }

  private void read(Resource resource) {
    String name = resource.name();
    if (!resource.type().equals("AWS::Serverless::Function")) {
      needs(name).addAll(references(resource.properties()));
      return;
    }
    Map<String, Node> own = new HashMap<>(resource.properties().values());
    Optional<Node> events = Optional.ofNullable(own.remove("Events"));
    needs(name).addAll(references(new Node.Fields(own)));
    boolean published = own.containsKey("AutoPublishAlias");
    if (published) {
      needs(version(name)).add(name);
      needs(alias(name)).add(version(name));
    }
    events.ifPresent(
        node ->
            node.asFields()
                .values()
                .forEach(
                    (event, source) -> {
                      Node.Fields fields = source.asFields();
                      if (fields.find("Type").map(Node::asText).orElse("").equals("HttpApi")) {
                        references(fields)
                            .forEach(api -> needs(api).add(published ? alias(name) : name));
                      } else {
                        needs(name + event).add(published ? alias(name) : name);
                        needs(name + event).addAll(references(fields));
                      }
                    }));
  }

  private Set<String> needs(String resource) {
    return needs.computeIfAbsent(resource, _ -> new TreeSet<>());
  }

  /** The resources that a piece of the template refers to. */
  private Set<String> references(Node root) {
    Set<String> found = new TreeSet<>();
    root.walk()
        .filter(Node.Call.class::isInstance)
        .map(Node.Call.class::cast)
        .forEach(
            call -> {
              switch (call.function()) {
                case "Ref" -> add(found, call.argument().asText());
                case "GetAtt" -> add(found, first(call.argument()));
                case "Sub" -> {
                  Matcher matcher = PLACEHOLDER.matcher(first(call.argument()));
                  while (matcher.find()) {
                    add(found, matcher.group(1) + Optional.ofNullable(matcher.group(2)).orElse(""));
                  }
                }
                default -> {
                  // What it refers to stands below it.
                }
              }
            });
    return found;
  }

  private static String first(Node argument) {
    return argument instanceof Node.Items items
        ? items.values().getFirst().asText()
        : argument.asText();
  }

  private void add(Set<String> found, String reference) {
    String resource = reference.replaceFirst("\\..*", "");
    if (template.resources().containsKey(resource)) {
      found.add(
          reference.endsWith(".Alias")
              ? alias(resource)
              : reference.endsWith(".Version") ? version(resource) : resource);
    }
  }

  /** The resources that must be there before a resource can be made. */
  Set<String> before(String resource) {
    Set<String> found = new HashSet<>();
    Deque<String> left = new ArrayDeque<>(needs(resource));
    while (!left.isEmpty()) {
      String next = left.pop();
      if (found.add(next)) {
        left.addAll(needs(next));
      }
    }
    return found;
  }

  /**
   * The resources that a variable of a function names: those it refers to, and those that have its
   * very text as their name.
   */
  Set<String> named(Function function, String variable) {
    Node value = Optional.ofNullable(function.environment().get(variable)).orElseThrow();
    Set<String> found = new TreeSet<>(references(value));
    found.addAll(
        template.resources().values().stream()
            .filter(
                resource ->
                    List.of("Name", "QueueName", "TableName", "BucketName").stream()
                        .flatMap(field -> resource.properties().find(field).stream())
                        .anyMatch(value::equals))
            .map(Resource::name)
            .collect(Collectors.toSet()));
    return found;
  }
}
