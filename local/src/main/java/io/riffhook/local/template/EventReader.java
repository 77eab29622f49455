package io.riffhook.local.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads buses, rules and pipes, and refuses whatever it does not know. */
final class EventReader {
  private static final Set<String> RULE =
      Set.of("Description", "EventBusName", "EventPattern", "Targets");
  private static final Set<String> TARGET =
      Set.of("Id", "Arn", "InputPath", "DeadLetterConfig", "RetryPolicy");
  private static final Set<String> PIPE =
      Set.of("Description", "RoleArn", "Source", "SourceParameters", "Target", "TargetParameters");
  private static final Pattern TEMPLATE = Pattern.compile("\\s*<([^<>]+)>\\s*");

  /** What YAML or JSON would not take for text, which is all that is known of a scalar here. */
  private static final Pattern NO_TEXT =
      Pattern.compile("true|false|null|~|-?[0-9][0-9.eE+-]*", Pattern.CASE_INSENSITIVE);

  private static final String QUEUE = "AWS::SQS::Queue";
  private static final String BUS = "AWS::Events::EventBus";
  private static final int LARGEST_BATCH = 10;

  private final Resolver resolver;
  private final Map<String, Resource> resources;

  EventReader(Resolver resolver, Map<String, Resource> resources) {
    this.resolver = resolver;
    this.resources = resources;
  }

  EventBus bus(Resource resource) {
    return new EventBus(resource.name(), required(resource.properties(), "Name", resource.name()));
  }

  Rule rule(Resource resource) {
    String place = resource.name();
    Node.Fields properties = knownOnly(resource.properties(), RULE, place);
    List<Rule.Target> targets =
        required(properties, "Targets", place).asItems().stream()
            .map(Node::asFields)
            .map(target -> target(target, place))
            .toList();
    return new Rule(
        place,
        busOf(required(properties, "EventBusName", place), place),
        json(required(properties, "EventPattern", place), place),
        targets);
  }

  private Rule.Target target(Node.Fields target, String rule) {
    String id = text(target, "Id", rule);
    String place = rule + "." + id;
    knownOnly(target, TARGET, place);
    return new Rule.Target(
        id,
        ofArn(required(target, "Arn", place), QUEUE, place),
        target.find("InputPath").flatMap(resolver::text).map(path -> EventPath.of(path, place)));
  }

  Pipe pipe(Resource resource) {
    String place = resource.name();
    Node.Fields properties = knownOnly(resource.properties(), PIPE, place);
    Node.Fields from =
        knownOnly(properties.fields("SourceParameters"), Set.of("SqsQueueParameters"), place)
            .fields("SqsQueueParameters");
    Node.Fields to =
        knownOnly(
            properties.fields("TargetParameters"),
            Set.of("EventBridgeEventBusParameters", "InputTemplate"),
            place);
    Node.Fields event =
        knownOnly(
            to.fields("EventBridgeEventBusParameters"),
            Set.of("Source", "DetailType", "Time"),
            place);
    knownOnly(from, Set.of("BatchSize", "MaximumBatchingWindowInSeconds"), place);
    return new Pipe(
        place,
        ofArn(required(properties, "Source", place), QUEUE, place),
        ofArn(required(properties, "Target", place), BUS, place),
        Math.min(
            LARGEST_BATCH,
            from.find("BatchSize")
                .flatMap(resolver::text)
                .map(Integer::parseInt)
                .orElse(LARGEST_BATCH)),
        text(event, "Source", place),
        EventPath.of(text(event, "DetailType", place), place),
        event.find("Time").flatMap(resolver::text).map(path -> EventPath.of(path, place)),
        detail(text(to, "InputTemplate", place), place));
  }

  /** A template that is nothing but a path, which is what makes the detail an object. */
  private static EventPath detail(String template, String place) {
    Matcher matcher = TEMPLATE.matcher(template);
    if (!matcher.matches()) {
      throw new TemplateException(
          place + ": only an InputTemplate such as <$.body> is known, found " + template);
    }
    return EventPath.of(matcher.group(1), place);
  }

  private static String json(Node pattern, String place) {
    return switch (pattern) {
      case Node.Text(String value) -> {
        if (NO_TEXT.matcher(value).matches()) {
          throw new TemplateException(place + ": only patterns of texts are known, found " + value);
        }
        yield quoted(value);
      }
      case Node.Items(List<Node> values) ->
          values.stream()
              .map(value -> json(value, place))
              .collect(Collectors.joining(",", "[", "]"));
      case Node.Fields(Map<String, Node> values) ->
          values.entrySet().stream()
              .map(each -> quoted(each.getKey()) + ":" + json(each.getValue(), place))
              .collect(Collectors.joining(",", "{", "}"));
      case Node.Call call ->
          throw new TemplateException(place + ": a pattern with a function, " + call);
    };
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private String busOf(Node node, String place) {
    if (node instanceof Node.Call call && call.function().equals("Ref")) {
      return declared(call.argument().asText(), BUS, node, place);
    }
    throw wrong(BUS, node, place);
  }

  private String ofArn(Node node, String type, String place) {
    if (node instanceof Node.Call call && call.function().equals("GetAtt")) {
      String attribute = Resolver.attributeName(call.argument());
      if (attribute.endsWith(".Arn")) {
        return declared(attribute.replaceFirst("\\.Arn$", ""), type, node, place);
      }
    }
    throw wrong(type, node, place);
  }

  private String declared(String name, String type, Node node, String place) {
    Resource target = resources.get(name);
    if (target == null || !target.type().equals(type)) {
      throw wrong(type, node, place);
    }
    return name;
  }

  private static TemplateException wrong(String type, Node node, String place) {
    return new TemplateException(
        place + ": expected a reference to an " + type + ", found " + node);
  }

  private static Node.Fields knownOnly(Node.Fields fields, Set<String> known, String place) {
    for (String name : fields.values().keySet()) {
      if (!known.contains(name)) {
        throw new TemplateException(place + ": " + name + " is not known");
      }
    }
    return fields;
  }

  private static Node required(Node.Fields fields, String name, String place) {
    Optional<Node> node = fields.find(name);
    return node.orElseThrow(() -> new TemplateException(place + " has no " + name));
  }

  private String text(Node.Fields fields, String name, String place) {
    return resolver
        .text(required(fields, name, place))
        .orElseThrow(() -> new TemplateException(place + " has no " + name));
  }
}
