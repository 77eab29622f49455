package io.riffhook.local.template;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What template.yaml declares, as far as one machine needs it: functions with their routes and
 * queues, tables, queues, buckets, and what moves events. All other resources are in {@link
 * #resources()} as written.
 *
 * @param cors which web pages may call the HTTP API
 */
public record Template(
    Map<String, String> parameters,
    Map<String, Node> conditions,
    Map<String, Resource> resources,
    List<Function> functions,
    List<Queue> queues,
    List<Table> tables,
    List<Bucket> buckets,
    List<EventBus> eventBuses,
    List<Rule> rules,
    List<Pipe> pipes,
    Optional<Cors> cors) {

  public Template {
    parameters = Map.copyOf(parameters);
    conditions = Map.copyOf(conditions);
    resources = Map.copyOf(resources);
    functions = List.copyOf(functions);
    queues = List.copyOf(queues);
    tables = List.copyOf(tables);
    buckets = List.copyOf(buckets);
    eventBuses = List.copyOf(eventBuses);
    rules = List.copyOf(rules);
    pipes = List.copyOf(pipes);
  }

  /** Reads a template; a parameter that is not given has its default. */
  public static Template read(Path file, Map<String, String> parameters) throws IOException {
    return new TemplateReader(YamlNodes.read(file).asFields(), parameters).read();
  }

  /** A resource by its name. */
  public Resource resource(String name) {
    Resource resource = resources.get(name);
    if (resource == null) {
      throw new TemplateException("the template has no resource " + name);
    }
    return resource;
  }

  /**
   * Resolves what the template writes.
   *
   * @param references what {@code !Ref} gives, by resource or pseudo parameter; parameters are
   *     known already
   * @param attributes what {@code !GetAtt} gives, by {@code Resource.Attribute}
   */
  public Resolver resolver(Map<String, String> references, Map<String, String> attributes) {
    Map<String, String> all = new HashMap<>(parameters);
    all.putAll(references);
    return new Resolver(conditions, all, attributes);
  }

  /**
   * The environment of each function, by its name; a setting that no function declares reaches all
   * of them.
   */
  public Map<String, Map<String, String>> environments(
      Resolver resolver, Map<String, String> settings) {
    Map<String, String> undeclared = new LinkedHashMap<>(settings);
    undeclared.keySet().removeIf(name -> functions.stream().anyMatch(f -> f.declares(name)));
    Map<String, Map<String, String>> environments = new LinkedHashMap<>();
    for (Function function : functions) {
      Map<String, String> environment = new LinkedHashMap<>(undeclared);
      environment.putAll(function.environment(resolver, settings));
      environments.put(function.name(), Map.copyOf(environment));
    }
    return environments;
  }
}
