package io.riffhook.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.aws.EnvironmentSettings;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Capabilities.Can;
import io.riffhook.domain.Capabilities.Range;
import io.riffhook.domain.Format;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Option;
import io.riffhook.providers.ConfiguredProviders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/providers.md are what the adapters say of themselves. Where they are not, run
 * this test with {@code -Driffhook.docs.write=true} and read what changed.
 */
class ProvidersPageTest {
  private static final Path PAGE = Repository.ROOT.resolve("docs/providers.md");
  private static final String BEGIN =
      "<!-- made from the code's capabilities, see ProvidersPageTest -->\n";
  private static final String END = "<!-- end -->\n";

  private final List<Capabilities> all =
      ConfiguredProviders.names().stream()
          .map(
              name ->
                  ConfiguredProviders.find(
                          name,
                          new EnvironmentSettings(
                              Map.of(
                                  "STANDARD_BASE_URL",
                                  "https://api.example.com",
                                  "STANDARD_WEBHOOK_SECRET",
                                  "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3")))
                      .orElseThrow()
                      .capabilities())
          .toList();

  @Test
  void shouldShowWhatTheAdaptersSay() throws Exception {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    String made = tables();
    if (Boolean.getBoolean("riffhook.docs.write")) {
      Files.writeString(PAGE, page.substring(0, begin) + made + page.substring(end));
    }
    assertThat(page.substring(begin, end)).isEqualTo(made);
  }

  private String tables() {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        table(
            "operation",
            Arrays.stream(Operation.Kind.values()).map(Operation.Kind::value).toList(),
            (can, word) ->
                can.can(Operation.Kind.of(word).orElseThrow())
                    .map(ProvidersPageTest::sources)
                    .orElse("")));
    lines.add("");
    lines.addAll(
        table(
            "format",
            Arrays.stream(Format.values()).map(Format::value).toList(),
            (can, word) -> can.formats().contains(Format.of(word).orElseThrow()) ? "yes" : ""));
    lines.add("");
    lines.addAll(
        table(
            "",
            List.of("tells by", "models", "file hosts"),
            (can, word) ->
                switch (word) {
                  case "tells by" ->
                      can.webhooks()
                          ? "webhook"
                          : "checks, every " + can.pace().toSeconds() + " s at first";
                  case "models" -> code(can.models());
                  default -> code(can.fileHosts().stream().sorted().toList());
                }));
    for (Operation.Kind kind : Operation.Kind.values()) {
      lines.add("");
      lines.add("### " + kind.value());
      lines.add("");
      lines.addAll(options(kind));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String sources(Can can) {
    return switch (can.sources()) {
      case NONE -> "yes";
      case OWN_SONGS -> "own songs";
      case FILES -> "yes, also from files";
      case ANY -> "songs and files";
    };
  }

  private static String code(List<String> words) {
    return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
  }

  private List<String> options(Operation.Kind kind) {
    List<Capabilities> able = all.stream().filter(can -> can.can(kind).isPresent()).toList();
    Stream<Option> used =
        Arrays.stream(Option.values())
            .filter(
                option ->
                    able.stream()
                        .anyMatch(
                            can -> can.can(kind).orElseThrow().options().containsKey(option)));
    return table(
        "field",
        able,
        used.map(Option::field).toList(),
        (can, field) -> {
          Option option =
              Arrays.stream(Option.values())
                  .filter(each -> each.field().equals(field))
                  .findFirst()
                  .orElseThrow();
          Can how = can.can(kind).orElseThrow();
          return Optional.ofNullable(how.options().get(option))
              .map(
                  range ->
                      words(option, range) + (how.required().contains(option) ? ", required" : ""))
              .orElse("");
        });
  }

  private static String words(Option option, Range range) {
    String ends = number(range.min()) + "–" + number(range.max());
    return switch (option.measure()) {
      case FLAG -> "yes";
      case CHARACTERS -> "≤ " + number(range.max());
      case ITEMS, NUMBER -> ends;
      case SECONDS -> ends + " s";
    };
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private List<String> table(String corner, List<String> rows, Cell cell) {
    return table(corner, all, rows, cell);
  }

  private static List<String> table(
      String corner, List<Capabilities> columns, List<String> rows, Cell cell) {
    List<String> lines = new ArrayList<>();
    lines.add(line(corner, columns, can -> "`" + can.provider() + "`"));
    lines.add("|---" + "|---".repeat(columns.size()) + "|");
    for (String row : rows) {
      lines.add(line(row, columns, can -> cell.of(can, row)));
    }
    return lines;
  }

  private static String line(
      String head, List<Capabilities> columns, Function<Capabilities, String> cell) {
    return columns.stream().map(cell).collect(Collectors.joining(" | ", "| " + head + " | ", " |"));
  }

  /** What stands in a row for a provider. */
  private interface Cell {
    String of(Capabilities can, String row);
  }
}
