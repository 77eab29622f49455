package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The user's variables that the page of settings marks with a star reach the functions. */
class SettingsTest {
  private static final Pattern MARKED = Pattern.compile("`([A-Z_]+)` \\*");

  /** Not a variable of the functions: it takes the place of the embedded services. */
  private static final String ENDPOINT = "AWS_ENDPOINT_URL";

  private static List<String> marked() throws IOException {
    return MARKED
        .matcher(Files.readString(Path.of("..", "docs", "settings.md")))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  private static CliContext context(Map<String, String> environment) {
    return new CliContext(Path.of(""), environment, false, 80);
  }

  @Test
  void shouldPassOnEveryVariableThatThePageMarks() throws IOException {
    Map<String, String> variables = new HashMap<>();
    marked().forEach(name -> variables.put(name, "value of " + name));
    variables.put(ENDPOINT, "http://127.0.0.1:4566");
    CliContext context = context(variables);

    assertThat(marked()).hasSizeGreaterThan(30).contains("RIFFHOOK_TIME_SCALE");
    assertThat(Backend.awsEndpoint(context))
        .map(Object::toString)
        .contains(variables.get(ENDPOINT));
    variables.remove(ENDPOINT);
    assertThat(Backend.environment(context, LocalProviders.real(context))).isEqualTo(variables);
  }

  @ParameterizedTest
  @CsvSource({
    "RIFFHOOK_TIME_SCALE, banana, must be a number from 0.01 to 1",
    "RIFFHOOK_TIME_SCALE, 2, must be a number from 0.01 to 1",
    "RIFFHOOK_REQUIRE_KEYS, yes, must be true or false",
  })
  void shouldRefuseAWrongValueAtTheStart(String name, String value, String rule) {
    Cli cli = new Cli(Map.of(name, value));

    assertThat(cli.run("up", "--in-memory", "--port", "0")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(cli.err())
        .contains("riffhook: cannot start: %s is '%s', but %s".formatted(name, value, rule));
  }
}
