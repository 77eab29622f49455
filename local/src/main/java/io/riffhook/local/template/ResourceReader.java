package io.riffhook.local.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the resources that one machine runs. */
final class ResourceReader {
  private final Resolver resolver;
  private final Map<String, Resource> resources;
  private final AuthReader auth;

  ResourceReader(Resolver resolver, Map<String, Resource> resources) {
    this.resolver = resolver;
    this.resources = resources;
    this.auth = new AuthReader(resolver, resources);
  }

  Function function(Resource resource) {
    Node.Fields properties = resource.properties();
    List<Route> routes = new ArrayList<>();
    List<QueueSource> sources = new ArrayList<>();
    properties
        .fields("Events")
        .values()
        .forEach(
            (name, event) -> {
              Node.Fields source = event.asFields();
              Node.Fields details = source.fields("Properties");
              String type = text(source, "Type", resource.name() + "." + name);
              switch (type) {
                case "HttpApi" -> routes.add(route(details, resource.name() + "." + name));
                case "SQS" -> sources.add(queueSource(details, resource.name() + "." + name));
                default ->
                    throw new TemplateException(
                        resource.name() + "." + name + ": event type " + type + " is not known");
              }
            });
    return new Function(
        resource.name(),
        text(properties, "Handler", resource.name()),
        properties.find("CodeUri").map(Node::asText),
        seconds(properties, "Timeout", 3),
        integer(properties, "MemorySize", 128),
        properties.fields("Environment").fields("Variables").values(),
        routes,
        sources);
  }

  private Route route(Node.Fields event, String place) {
    return new Route(
        text(event, "Method", place).toUpperCase(Locale.ROOT),
        text(event, "Path", place),
        auth.of(event, place));
  }

  private QueueSource queueSource(Node.Fields event, String place) {
    // Lambda's own defaults, where the template is silent.
    return new QueueSource(
        queueOfArn(event.find("Queue"), place),
        integer(event, "BatchSize", 10),
        integer(event.fields("ScalingConfig"), "MaximumConcurrency", 1000),
        items(event, "FunctionResponseTypes").contains(new Node.Text("ReportBatchItemFailures")));
  }

  Queue queue(Resource resource) {
    Node.Fields properties = resource.properties();
    Optional<Queue.Redrive> redrive =
        properties
            .find("RedrivePolicy")
            .map(Node::asFields)
            .map(
                policy ->
                    new Queue.Redrive(
                        queueOfArn(policy.find("deadLetterTargetArn"), resource.name()),
                        integer(policy, "maxReceiveCount", 10)));
    // SQS's own defaults, where the template is silent.
    return new Queue(
        resource.name(),
        seconds(properties, "VisibilityTimeout", 30),
        seconds(properties, "MessageRetentionPeriod", 345_600),
        redrive);
  }

  Bucket bucket(Resource resource) {
    return new Bucket(
        resource.name(),
        items(resource.properties().fields("NotificationConfiguration"), "QueueConfigurations")
            .stream()
            .map(node -> notification(node.asFields(), resource.name()))
            .toList(),
        cors(resource, configuration -> bucketCors(configuration, resource.name())));
  }

  /** The CORS of an HTTP API. */
  Optional<Cors> httpApiCors(Resource resource) {
    return cors(
        resource,
        configuration ->
            new Cors(
                texts(configuration, "AllowOrigins"),
                texts(configuration, "AllowMethods"),
                texts(configuration, "AllowHeaders"),
                texts(configuration, "ExposeHeaders"),
                seconds(configuration, "MaxAge", 0)));
  }

  private Cors bucketCors(Node.Fields configuration, String place) {
    List<Node> rules = items(configuration, "CorsRules");
    if (rules.size() != 1) {
      throw new TemplateException(place + ": exactly one CORS rule is supported");
    }
    Node.Fields rule = rules.getFirst().asFields();
    return new Cors(
        texts(rule, "AllowedOrigins"),
        texts(rule, "AllowedMethods"),
        texts(rule, "AllowedHeaders"),
        texts(rule, "ExposedHeaders"),
        seconds(rule, "MaxAge", 0));
  }

  private Optional<Cors> cors(
      Resource resource, java.util.function.Function<Node.Fields, Cors> reader) {
    return resource
        .properties()
        .find("CorsConfiguration")
        .flatMap(resolver::resolve)
        .map(configuration -> reader.apply(configuration.asFields()));
  }

  private static List<String> texts(Node.Fields fields, String name) {
    return items(fields, name).stream().map(Node::asText).toList();
  }

  private Bucket.Notification notification(Node.Fields configuration, String place) {
    String event = text(configuration, "Event", place);
    if (!event.equals("s3:ObjectCreated:*")) {
      throw new TemplateException(place + ": event " + event + " is not known");
    }
    Map<String, String> rules = new LinkedHashMap<>();
    for (Node node : items(configuration.fields("Filter").fields("S3Key"), "Rules")) {
      Node.Fields rule = node.asFields();
      rules.put(text(rule, "Name", place), text(rule, "Value", place));
    }
    return new Bucket.Notification(
        queueOfArn(configuration.find("Queue"), place),
        rules.getOrDefault("prefix", ""),
        rules.getOrDefault("suffix", ""));
  }

  Table table(Resource resource) {
    Node.Fields properties = resource.properties();
    Map<String, String> types = new LinkedHashMap<>();
    for (Node node : items(properties, "AttributeDefinitions")) {
      Node.Fields attribute = node.asFields();
      types.put(
          text(attribute, "AttributeName", resource.name()),
          text(attribute, "AttributeType", resource.name()));
    }
    List<Table.Index> indexes =
        items(properties, "GlobalSecondaryIndexes").stream()
            .map(Node::asFields)
            .map(
                index ->
                    new Table.Index(
                        text(index, "IndexName", resource.name()),
                        key(index, resource.name()),
                        text(index.fields("Projection"), "ProjectionType", resource.name())))
            .toList();
    return new Table(
        resource.name(),
        types,
        key(properties, resource.name()),
        indexes,
        properties.fields("TimeToLiveSpecification").find("AttributeName").flatMap(resolver::text));
  }

  private Table.Key key(Node.Fields holder, String place) {
    Map<String, String> byType = new LinkedHashMap<>();
    for (Node node : items(holder, "KeySchema")) {
      Node.Fields attribute = node.asFields();
      byType.put(text(attribute, "KeyType", place), text(attribute, "AttributeName", place));
    }
    String partition = byType.get("HASH");
    if (partition == null) {
      throw new TemplateException(place + ": a key needs a HASH attribute");
    }
    return new Table.Key(partition, Optional.ofNullable(byType.get("RANGE")));
  }

  /** The template's name of the queue that {@code !GetAtt Queue.Arn} means. */
  private String queueOfArn(Optional<Node> node, String place) {
    if (node.isPresent()
        && node.get() instanceof Node.Call call
        && call.function().equals("GetAtt")) {
      String attribute = Resolver.attributeName(call.argument());
      String name = attribute.replaceFirst("\\.Arn$", "");
      Resource target = resources.get(name);
      if (target != null && target.type().equals("AWS::SQS::Queue")) {
        return name;
      }
    }
    throw new TemplateException(place + ": expected !GetAtt of a queue's Arn, found " + node);
  }

  private String text(Node.Fields fields, String name, String place) {
    return fields
        .find(name)
        .flatMap(resolver::text)
        .orElseThrow(() -> new TemplateException(place + " has no " + name));
  }

  private int integer(Node.Fields fields, String name, int otherwise) {
    return fields.find(name).flatMap(resolver::text).map(Integer::parseInt).orElse(otherwise);
  }

  private Duration seconds(Node.Fields fields, String name, int otherwise) {
    return Duration.ofSeconds(integer(fields, name, otherwise));
  }

  private static List<Node> items(Node.Fields fields, String name) {
    return fields.find(name).map(Node::asItems).orElse(List.of());
  }
}
