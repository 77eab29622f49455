package io.riffhook.local.template;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A function, by its name in the template. Its environment may hold intrinsic functions.
 *
 * @param codeUri where its code lies, seen from the template, if the template says so
 */
public record Function(
    String name,
    String handler,
    Optional<String> codeUri,
    Duration timeout,
    int memoryMegabytes,
    Map<String, Node> environment,
    List<Route> routes,
    List<QueueSource> queueSources) {

  public Function {
    environment = Map.copyOf(environment);
    routes = List.copyOf(routes);
    queueSources = List.copyOf(queueSources);
  }

  /** The class that the handler names, before {@code ::}. */
  public String handlerClass() {
    return handler.replaceFirst("::.*", "");
  }

  /**
   * The environment as the function sees it, with settings that replace the template's. A setting X
   * given here stands for X, X_ARN and X_PARAMETER; it reaches only functions that declare one of
   * them, as on Lambda.
   */
  public Map<String, String> environment(Resolver resolver, Map<String, String> settings) {
    Map<String, String> resolved = new LinkedHashMap<>();
    Set<String> replaced = new HashSet<>();
    settings.forEach(
        (name, value) -> {
          if (declares(name)) {
            resolved.put(name, value);
            spellings(name).forEach(replaced::add);
          }
        });
    environment.forEach(
        (name, node) -> {
          if (!replaced.contains(name)) {
            resolver.text(node).ifPresent(value -> resolved.put(name, value));
          }
        });
    return resolved;
  }

  /**
   * Whether the template gives this function the setting, directly or by telling where to read it.
   */
  public boolean declares(String setting) {
    return spellings(setting).anyMatch(environment::containsKey);
  }

  private static Stream<String> spellings(String setting) {
    return Stream.of(setting, setting + "_ARN", setting + "_PARAMETER");
  }
}
