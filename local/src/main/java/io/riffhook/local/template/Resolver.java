package io.riffhook.local.template;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Answers intrinsic functions, given what {@code !Ref} and {@code !GetAtt} stand for. A value that
 * resolves to {@code AWS::NoValue} is empty, and vanishes from the list or fields that hold it.
 */
public final class Resolver {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]+)}");

  private final Map<String, Node> conditions;
  private final Map<String, String> references;
  private final Map<String, String> attributes;

  /**
   * @param references what {@code !Ref} gives, by parameter, pseudo parameter or resource name
   * @param attributes what {@code !GetAtt} gives, by {@code Resource.Attribute}
   */
  Resolver(
      Map<String, Node> conditions,
      Map<String, String> references,
      Map<String, String> attributes) {
    this.conditions = Map.copyOf(conditions);
    this.references = Map.copyOf(references);
    this.attributes = Map.copyOf(attributes);
  }

  /** The node without calls. */
  public Optional<Node> resolve(Node node) {
    return switch (node) {
      case Node.Text text -> Optional.of(text);
      case Node.Items items ->
          Optional.of(
              new Node.Items(
                  items.values().stream().map(this::resolve).flatMap(Optional::stream).toList()));
      case Node.Fields fields -> Optional.of(resolveFields(fields));
      case Node.Call call -> call(call);
    };
  }

  public Optional<String> text(Node node) {
    return resolve(node).map(Node::asText);
  }

  private Node resolveFields(Node.Fields fields) {
    Map<String, Node> resolved = new LinkedHashMap<>();
    fields
        .values()
        .forEach((name, node) -> resolve(node).ifPresent(value -> resolved.put(name, value)));
    return new Node.Fields(resolved);
  }

  private Optional<Node> call(Node.Call call) {
    Node argument = call.argument();
    return switch (call.function()) {
      case "Ref" -> reference(argument.asText());
      case "GetAtt" -> Optional.of(new Node.Text(attribute(attributeName(argument))));
      case "Sub" -> Optional.of(new Node.Text(substitute(argument)));
      case "Join" -> Optional.of(new Node.Text(join(argument.asItems())));
      case "Split" -> Optional.of(split(argument.asItems()));
      case "If" -> choose(argument.asItems());
      case "Equals", "Not", "And", "Or", "Condition" ->
          Optional.of(new Node.Text(Boolean.toString(isTrue(call))));
      default ->
          throw new TemplateException("intrinsic function !" + call.function() + " is not known");
    };
  }

  private Optional<Node> reference(String name) {
    if (name.equals("AWS::NoValue")) {
      return Optional.empty();
    }
    String value = references.get(name);
    if (value == null) {
      throw new TemplateException("!Ref " + name + " has no value here");
    }
    return Optional.of(new Node.Text(value));
  }

  private String attribute(String name) {
    String value = attributes.get(name);
    if (value == null) {
      throw new TemplateException("!GetAtt " + name + " has no value here");
    }
    return value;
  }

  static String attributeName(Node argument) {
    return argument instanceof Node.Items items
        ? items.values().stream().map(Node::asText).collect(Collectors.joining("."))
        : argument.asText();
  }

  private String substitute(Node argument) {
    if (argument instanceof Node.Items items) {
      Map<String, Node> own = items.values().get(1).asFields().values();
      return substitute(items.values().get(0).asText(), own);
    }
    return substitute(argument.asText(), Map.of());
  }

  private String substitute(String pattern, Map<String, Node> own) {
    return PLACEHOLDER
        .matcher(pattern)
        .replaceAll(match -> Matcher.quoteReplacement(placeholder(match, own)));
  }

  private String placeholder(MatchResult match, Map<String, Node> own) {
    String name = match.group(2);
    if (!match.group(1).isEmpty()) {
      return "${" + name + "}"; // ${!literal}
    }
    Node given = own.get(name);
    if (given != null) {
      return text(given).orElse("");
    }
    return name.contains(".")
        ? attribute(name)
        : reference(name)
            .map(Node::asText)
            .orElseThrow(() -> new TemplateException("!Sub of no value"));
  }

  private String join(List<Node> arguments) {
    return arguments.get(1).asItems().stream()
        .map(this::text)
        .flatMap(Optional::stream)
        .collect(Collectors.joining(arguments.get(0).asText()));
  }

  private Node split(List<Node> arguments) {
    String text = text(arguments.get(1)).orElse("");
    return new Node.Items(
        Arrays.stream(text.split(Pattern.quote(arguments.get(0).asText()), -1))
            .<Node>map(Node.Text::new)
            .toList());
  }

  private Optional<Node> choose(List<Node> arguments) {
    return resolve(arguments.get(condition(arguments.get(0).asText()) ? 1 : 2));
  }

  private boolean condition(String name) {
    Node condition = conditions.get(name);
    if (condition == null) {
      throw new TemplateException("condition " + name + " is not defined");
    }
    return isTrue(condition);
  }

  private boolean isTrue(Node node) {
    if (!(node instanceof Node.Call call)) {
      throw new TemplateException("expected a condition, found " + node);
    }
    Node argument = call.argument();
    return switch (call.function()) {
      case "Condition" -> condition(argument.asText());
      case "Not" -> !isTrue(argument.asItems().getFirst());
      case "And" -> argument.asItems().stream().allMatch(this::isTrue);
      case "Or" -> argument.asItems().stream().anyMatch(this::isTrue);
      case "Equals" -> text(argument.asItems().get(0)).equals(text(argument.asItems().get(1)));
      default -> throw new TemplateException("!" + call.function() + " is not a condition");
    };
  }
}
