package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A provider as the API shows it.
 *
 * @param signal {@code webhook} or {@code check}
 * @param json the whole of it
 */
record ProviderView(
    String name,
    boolean isConfigured,
    String signal,
    List<String> operations,
    List<String> formats,
    JsonNode json) {

  static List<ProviderView> all(JsonNode answer) {
    return JobView.each(answer.path("providers")).map(ProviderView::of).toList();
  }

  private static ProviderView of(JsonNode json) {
    return new ProviderView(
        json.path("name").asText(),
        json.path("configured").asBoolean(),
        json.path("signal").asText(),
        words(json.path("operations")),
        words(json.path("formats")),
        json);
  }

  static List<String> words(JsonNode array) {
    return JobView.each(array).map(JsonNode::asText).toList();
  }

  /** Whether it does an operation with these options; their ranges are not looked at. */
  boolean takes(SongRequest request) {
    String operation = request.operation().value();
    List<String> options =
        JobView.each(json.path("options").path(operation))
            .map(option -> option.path("name").asText())
            .toList();
    return operations.contains(operation)
        && request.said().stream()
            .allMatch(
                said ->
                    said == SongOption.SOURCE
                        ? !json.path("sources").path(operation).asText().equals("none")
                        : options.contains(said.field()));
  }

  /** Whether it can be asked now, as far as is known: {@code well}, or until when it cannot. */
  String health() {
    JsonNode health = json.path("health");
    if (health.isMissingNode()) {
      return "-";
    }
    String whole = trouble(health).map(text -> "trouble " + text).orElse("well");
    String accounts =
        JobView.each(health.path("accounts"))
            .map(account -> account.path("name").asText())
            .collect(Collectors.joining(", "));
    return accounts.isEmpty() ? whole : whole + ", not account " + accounts;
  }

  /** Until when and why something is in trouble. */
  static Optional<String> trouble(JsonNode health) {
    return health.has("until")
        ? Optional.of("until " + health.path("until").asText().replaceFirst("\\.\\d+Z$", "Z"))
        : Optional.empty();
  }

  String credits() {
    return json.hasNonNull("credits") ? json.path("credits").asText() : "-";
  }
}
