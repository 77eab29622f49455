package io.riffhook.local.template;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds references to what the template does not declare, wherever they stand. */
final class ReferenceCheck {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^!}][^}]*)}");

  private final Set<String> parameters;
  private final Set<String> conditions;
  private final Set<String> resources;

  ReferenceCheck(Set<String> parameters, Set<String> conditions, Set<String> resources) {
    this.parameters = parameters;
    this.conditions = conditions;
    this.resources = resources;
  }

  void check(Node root) {
    root.walk().filter(Node.Call.class::isInstance).map(Node.Call.class::cast).forEach(this::call);
  }

  private void call(Node.Call call) {
    switch (call.function()) {
      case "Ref" -> reference(call.argument().asText());
      case "GetAtt" -> attribute(Resolver.attributeName(call.argument()));
      case "If" -> condition(call.argument().asItems().getFirst().asText());
      case "Condition" -> condition(call.argument().asText());
      case "Sub" -> substitution(call.argument());
      case "Join", "Split", "Equals", "Not", "And", "Or" -> {}
      default ->
          throw new TemplateException("intrinsic function !" + call.function() + " is not known");
    }
  }

  private void substitution(Node argument) {
    boolean withOwn = argument instanceof Node.Items;
    String pattern = withOwn ? argument.asItems().get(0).asText() : argument.asText();
    Node.Fields own = withOwn ? argument.asItems().get(1).asFields() : Node.Fields.NONE;
    Matcher matcher = PLACEHOLDER.matcher(pattern);
    while (matcher.find()) {
      String name = matcher.group(1);
      if (own.find(name).isPresent()) {
        continue;
      }
      if (name.contains(".")) {
        attribute(name);
      } else {
        reference(name);
      }
    }
  }

  private void reference(String name) {
    // What SAM makes beside a function is named after it.
    String resource = name.replaceFirst("\\.(Alias|Version)$", "");
    if (!name.startsWith("AWS::") && !parameters.contains(name) && !resources.contains(resource)) {
      throw new TemplateException("!Ref " + name + ": no such parameter or resource");
    }
  }

  private void attribute(String name) {
    if (!resources.contains(name.replaceFirst("\\..*", ""))) {
      throw new TemplateException("!GetAtt " + name + ": no such resource");
    }
  }

  private void condition(String name) {
    if (!conditions.contains(name)) {
      throw new TemplateException("condition " + name + " is not defined");
    }
  }
}
