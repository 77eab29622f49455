package io.riffhook.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads who decides about the calls of a route, and refuses whatever it does not know. */
final class AuthReader {
  private static final String NONE = "NONE";

  private final Resolver resolver;
  private final Map<String, Resource> resources;

  AuthReader(Resolver resolver, Map<String, Resource> resources) {
    this.resolver = resolver;
    this.resources = resources;
  }

  /** The route's own authorizer, or else its API's default; a route without an API is open. */
  Optional<Authorizer> of(Node.Fields event, String place) {
    Optional<Resource> api = event.find("ApiId").map(id -> api(id, place));
    Node.Fields auth = api.map(each -> each.properties().fields("Auth")).orElse(Node.Fields.NONE);
    return event
        .fields("Auth")
        .find("Authorizer")
        .or(() -> auth.find("DefaultAuthorizer"))
        .map(Node::asText)
        .filter(name -> !name.equals(NONE))
        .map(name -> authorizer(auth, name, place));
  }

  private Resource api(Node id, String place) {
    if (id instanceof Node.Call call && call.function().equals("Ref")) {
      Resource target = resources.get(call.argument().asText());
      if (target != null && target.type().equals("AWS::Serverless::HttpApi")) {
        return target;
      }
    }
    throw new TemplateException(place + ": expected !Ref of an HttpApi, found " + id);
  }

  private Authorizer authorizer(Node.Fields auth, String name, String place) {
    Node.Fields declared =
        auth.fields("Authorizers")
            .find(name)
            .map(Node::asFields)
            .orElseThrow(() -> new TemplateException(place + ": there is no authorizer " + name));
    if (!text(declared, "AuthorizerPayloadFormatVersion").equals("2.0")
        || !text(declared, "EnableSimpleResponses").equals("true")) {
      throw new TemplateException(
          "authorizer " + name + ": only format 2.0 with simple responses is known");
    }
    Node.Fields identity = declared.fields("Identity");
    List<Node> headers = identity.find("Headers").map(Node::asItems).orElse(List.of());
    if (headers.size() != 1) {
      throw new TemplateException(
          "authorizer " + name + ": only one header as identity source is known");
    }
    return new Authorizer(
        function(declared.find("FunctionArn"), name),
        headers.getFirst().asText().toLowerCase(Locale.ROOT),
        Duration.ofSeconds(Integer.parseInt(text(identity, "ReauthorizeEvery"))));
  }

  private String function(Optional<Node> arn, String name) {
    return arn.flatMap(AuthReader::function)
        .filter(
            function ->
                Optional.ofNullable(resources.get(function))
                    .filter(target -> target.type().equals("AWS::Serverless::Function"))
                    .isPresent())
        .orElseThrow(
            () ->
                new TemplateException(
                    "authorizer "
                        + name
                        + ": expected !GetAtt of a function's Arn or !Ref of its Alias, found "
                        + arn));
  }

  /** The function that an ARN is of, by its own name or by that of the version that is live. */
  private static Optional<String> function(Node arn) {
    return switch (arn) {
      case Node.Call call when call.function().equals("GetAtt") ->
          Optional.of(Resolver.attributeName(call.argument()).replaceFirst("\\.Arn$", ""));
      case Node.Call call when call.function().equals("Ref") ->
          Optional.of(call.argument().asText()).map(name -> name.replaceFirst("\\.Alias$", ""));
      default -> Optional.empty();
    };
  }

  /** SAM's own default of the one that has one is 0: nothing is remembered. */
  private String text(Node.Fields fields, String name) {
    return fields.find(name).flatMap(resolver::text).orElse("0");
  }
}
