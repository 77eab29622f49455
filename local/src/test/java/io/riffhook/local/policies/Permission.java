package io.riffhook.local.policies;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One action on one resource that a policy allows a function.
 *
 * @param statement where the template says so
 * @param resource an ARN with wildcards
 * @param conditions the patterns of which one must match, by operator and key of the condition
 */
record Permission(
    String function,
    String statement,
    String action,
    String resource,
    Map<Condition, List<String>> conditions) {

  /** What a condition asks about, such as {@code ForAllValues:StringLike dynamodb:LeadingKeys}. */
  record Condition(String operator, String key) {}

  private static final Condition LEADING_KEYS =
      new Condition("ForAllValues:StringLike", "dynamodb:LeadingKeys");
  private static final Condition VIA_SERVICE = new Condition("StringEquals", "kms:ViaService");

  Permission {
    conditions = Map.copyOf(conditions);
    Set<Condition> unknown =
        conditions.keySet().stream()
            .filter(each -> !Set.of(LEADING_KEYS, VIA_SERVICE).contains(each))
            .collect(Collectors.toSet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(statement + " has conditions not known here: " + unknown);
    }
  }

  /** Whether this is the same permission of the same policy, which another function has too. */
  boolean isSharedWith(Permission other) {
    return statement.equals(other.statement)
        && action.equals(other.action)
        && resource.equals(other.resource);
  }

  boolean allows(AwsCall call) {
    return function.equals(call.function())
        && action.equals(call.action())
        && matches(resource, call.resource())
        && conditions.entrySet().stream()
            .allMatch(condition -> holds(condition.getKey(), condition.getValue(), call));
  }

  private static boolean holds(Condition condition, List<String> patterns, AwsCall call) {
    // Secrets Manager is the only service that uses a key for a function.
    Set<String> values =
        condition.equals(LEADING_KEYS)
            ? call.leadingKeys()
            : Set.of("secretsmanager.%s.amazonaws.com".formatted(Arns.REGION));
    return values.stream()
        .allMatch(value -> patterns.stream().anyMatch(pattern -> matches(pattern, value)));
  }

  /** As IAM matches: a star stands for any characters, a slash among them. */
  private static boolean matches(String pattern, String value) {
    String regex =
        Arrays.stream(pattern.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.matches(regex, value);
  }

  @Override
  public String toString() {
    return "%s: %s on %s (%s)".formatted(function, action, resource, statement);
  }
}
