package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One provider in full, for people. */
final class ProviderText {
  private ProviderText() {}

  static List<String> lines(ProviderView provider) {
    JsonNode json = provider.json();
    List<String> lines = new ArrayList<>();
    lines.add(provider.name());
    fact(lines, "configured", provider.isConfigured() ? "yes" : "no");
    if (json.has("health")) {
      fact(lines, "health", provider.health());
      JsonNode health = json.path("health");
      reason(health).ifPresent(why -> fact(lines, "", why));
      for (JsonNode account : health.path("accounts")) {
        fact(
            lines,
            "",
            "account %s %s: %s"
                .formatted(
                    account.path("name").asText(),
                    ProviderView.trouble(account).orElse(""),
                    reason(account).orElse("")));
      }
    }
    fact(
        lines,
        "tells by",
        provider.signal().equals("webhook") ? "webhook (it calls back)" : "check (we ask it)");
    fact(lines, "credits", provider.credits());
    accounts(lines, json.path("accounts"));
    fact(lines, "formats", String.join(", ", provider.formats()));
    List<String> models = ProviderView.words(json.path("models"));
    fact(lines, "models", models.isEmpty() ? "-" : String.join(", ", models));
    List<String> hosts = ProviderView.words(json.path("fileHosts"));
    if (!hosts.isEmpty()) {
      fact(lines, "files from", String.join(", ", hosts));
    }
    for (String operation : provider.operations()) {
      lines.add("");
      lines.add(operation + sources(json.path("sources").path(operation).asText("none")));
      JsonNode options = json.path("options").path(operation);
      if (!options.isEmpty()) {
        options(options).lines().stream().map(line -> "  " + line).forEach(lines::add);
      }
    }
    return lines;
  }

  private static void fact(List<String> lines, String name, String value) {
    lines.add(String.format("  %-12s%s", name, value));
  }

  private static Optional<String> reason(JsonNode trouble) {
    return Optional.of(trouble.at("/reason/detail").asText()).filter(text -> !text.isEmpty());
  }

  private static void accounts(List<String> lines, JsonNode accounts) {
    for (JsonNode account : accounts) {
      StringBuilder text = new StringBuilder(account.path("name").asText());
      if (account.has("maxJobs")) {
        text.append(", at most ").append(account.path("maxJobs").asInt()).append(" jobs at a time");
      }
      if (account.has("trouble")) {
        text.append(", in trouble: ").append(account.path("trouble").asText());
      }
      fact(lines, "account", text.toString());
    }
  }

  private static String sources(String word) {
    return switch (word) {
      case "none" -> "";
      case "own-songs" -> ", from songs that it made";
      case "files" -> ", from any song or file (all are uploaded to it)";
      case "any" -> ", from any song or file";
      default -> ", from " + word;
    };
  }

  private static TextTable options(JsonNode options) {
    TextTable table = new TextTable("OPTION", "FIELD", "TAKES");
    for (JsonNode option : options) {
      String field = option.path("name").asText();
      table.row(
          SongOption.wordsOf(field),
          field,
          range(option) + (option.path("required").asBoolean() ? ", required" : ""));
    }
    return table;
  }

  private static String range(JsonNode option) {
    String unit = option.path("measure").asText("");
    if (unit.isEmpty()) {
      return option.path("name").asText().equals(SongOption.IMAGE.field())
          ? "a picture"
          : "yes or no";
    }
    if (unit.equals("items") && option.path("max").asInt() == 1) {
      return "one";
    }
    String ends = number(option.path("min")) + " to " + number(option.path("max"));
    return unit.equals("number") ? ends : ends + " " + unit;
  }

  private static String number(JsonNode number) {
    BigDecimal value = number.decimalValue();
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
