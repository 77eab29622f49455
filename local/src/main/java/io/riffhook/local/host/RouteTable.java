package io.riffhook.local.host;

import io.riffhook.local.template.Route;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the route of a request, the most specific first: text before a variable before a greedy
 * variable.
 */
final class RouteTable {
  private final List<Entry> entries;

  RouteTable(Map<Route, HostedFunction> routes) {
    entries =
        routes.entrySet().stream()
            .map(route -> Entry.of(route.getKey(), route.getValue()))
            .sorted(Comparator.comparing(Entry::rank))
            .toList();
  }

  /** A route that takes the request, and its path variables, still encoded. */
  record Match(Route route, HostedFunction function, Map<String, String> variables) {}

  Optional<Match> find(String method, String rawPath) {
    return entries.stream().flatMap(entry -> entry.match(method, rawPath).stream()).findFirst();
  }

  private record Entry(
      Route route, HostedFunction function, Pattern pattern, List<String> variables, String rank) {

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}+]+)(\\+?)}");

    static Entry of(Route route, HostedFunction function) {
      List<String> segments = List.of(route.path().split("/", -1));
      String pattern =
          segments.stream()
              .map(
                  segment -> {
                    Matcher variable = VARIABLE.matcher(segment);
                    if (!variable.matches()) {
                      return Pattern.quote(segment);
                    }
                    return variable.group(2).isEmpty() ? "([^/]+)" : "(.+)";
                  })
              .collect(Collectors.joining("/"));
      // Compared letter by letter, so a difference in an earlier segment counts more.
      String rank =
          segments.stream()
              .map(segment -> segment.endsWith("+}") ? "2" : segment.endsWith("}") ? "1" : "0")
              .collect(Collectors.joining());
      List<String> variables =
          VARIABLE.matcher(route.path()).results().map(found -> found.group(1)).toList();
      return new Entry(
          route,
          function,
          Pattern.compile(pattern),
          variables,
          rank + (route.method().equals("ANY") ? "1" : "0"));
    }

    Optional<Match> match(String method, String rawPath) {
      Matcher matcher = pattern.matcher(rawPath);
      boolean taken = route.method().equals("ANY") || route.method().equals(method);
      if (!taken || !matcher.matches()) {
        return Optional.empty();
      }
      Map<String, String> values = new LinkedHashMap<>();
      for (int i = 0; i < variables.size(); i++) {
        values.put(variables.get(i), matcher.group(i + 1));
      }
      return Optional.of(new Match(route, function, values));
    }
  }
}
