package io.riffhook.logging;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.event.Level;

/**
 * From which level on there are lines: what Lambda's own setting says, else Powertools', else INFO.
 * The AWS SDK tells of each request, so of it only warnings are shown unless more than INFO is
 * asked for.
 */
final class Levels {
  private static final String SDK = "software.amazon.awssdk";
  private static volatile Level root = of(System.getenv());

  private Levels() {}

  static Level of(Map<String, String> environment) {
    return Stream.of("AWS_LAMBDA_LOG_LEVEL", "POWERTOOLS_LOG_LEVEL")
        .flatMap(name -> level(environment.getOrDefault(name, "")).stream())
        .findFirst()
        .orElse(Level.INFO);
  }

  /** Lambda's FATAL is no level of SLF4J; an unknown word counts as none. */
  private static Optional<Level> level(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.equals("FATAL")
        ? Optional.of(Level.ERROR)
        : Stream.of(Level.values()).filter(each -> each.name().equals(upper)).findFirst();
  }

  static Level root() {
    return root;
  }

  static void root(Level level) {
    root = level;
  }

  /** Whether a logger writes lines of a level. */
  static boolean show(String logger, Level level) {
    Level from = root;
    if (logger.startsWith(SDK) && from == Level.INFO) {
      from = Level.WARN;
    }
    return level.toInt() >= from.toInt();
  }
}
