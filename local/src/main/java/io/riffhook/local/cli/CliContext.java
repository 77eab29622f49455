package io.riffhook.local.cli;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the command line runs.
 *
 * @param home the folder that holds template.yaml
 * @param environment the user's environment variables; a blank one counts as unset and is left out
 * @param live whether standard error is a terminal, on which a line can be written over
 * @param columns how wide that terminal is
 */
record CliContext(Path home, Map<String, String> environment, boolean live, int columns) {
  private static final int USUAL_COLUMNS = 80;

  CliContext {
    environment =
        environment.entrySet().stream()
            .filter(variable -> !variable.getValue().isBlank())
            .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** As the launcher script tells it, by system properties. */
  static CliContext fromLauncher() {
    return new CliContext(
        Path.of(System.getProperty("riffhook.home", "")),
        System.getenv(),
        Boolean.getBoolean("riffhook.live"),
        Integer.getInteger("riffhook.columns", USUAL_COLUMNS));
  }

  Path template() {
    return home.resolve("template.yaml");
  }

  /** A variable that is set and not blank. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name));
  }
}
