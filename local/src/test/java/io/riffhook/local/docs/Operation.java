package io.riffhook.local.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * An operation of docs/openapi.yaml.
 *
 * @param path as in the document, with its variables
 * @param route the route of template.yaml that serves it
 * @param statuses every status it can answer, but for those of the gateway itself
 */
record Operation(String method, String path, String route, Set<Integer> statuses) {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  static List<Operation> all(JsonNode openApi) {
    List<Operation> operations = new ArrayList<>();
    openApi
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(item -> METHODS.contains(item.getKey()))
                    .forEach(
                        item -> operations.add(of(path.getKey(), item.getKey(), item.getValue()))));
    return operations;
  }

  private static Operation of(String path, String method, JsonNode operation) {
    String upper = method.toUpperCase(Locale.ROOT);
    Set<Integer> statuses = new TreeSet<>();
    operation
        .path("responses")
        .properties()
        .forEach(
            response -> {
              String reference = response.getValue().path("$ref").asText("");
              if (!reference.startsWith("#/components/responses/Gateway")) {
                statuses.add(Integer.parseInt(response.getKey()));
              }
            });
    return new Operation(
        upper, path, operation.path("x-riffhook-route").asText(upper + " " + path), statuses);
  }

  /** Whether a call is one of this operation. */
  boolean takes(String calledMethod, String calledPath) {
    String pattern = ("\\Q" + path + "\\E").replaceAll("\\{[^}]+}", "\\\\E[^/]+\\\\Q");
    return method.equals(calledMethod) && Pattern.matches(pattern, calledPath);
  }
}
