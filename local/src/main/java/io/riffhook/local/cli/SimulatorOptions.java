package io.riffhook.local.cli;

import io.riffhook.simulator.settings.SimulatorSettings;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How the simulator behaves where it stands in for a provider. */
final class SimulatorOptions {
  /** So many callbacks before the last one that a progress bar is seen to move. */
  private static final int PROGRESS_POSTS = 9;

  @Option(
      names = "--simulator-generation",
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = TimeConverter.class,
      description =
          "How long the simulator makes a song, such as 500ms, 5s or 2m (default:"
              + " ${DEFAULT-VALUE}).")
  Duration generation = Duration.ofSeconds(1);

  SimulatorSettings settings() {
    return SimulatorSettings.defaults()
        .generation(how -> how.withDuration(generation))
        .callbacks(how -> how.withProgressPosts(PROGRESS_POSTS));
  }

  /** Reads a number with its unit. */
  static final class TimeConverter implements ITypeConverter<Duration> {
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s|m)");

    @Override
    public Duration convert(String text) {
      Matcher time = TIME.matcher(text);
      if (!time.matches()) {
        throw new TypeConversionException("'" + text + "' is no time such as 500ms, 5s or 2m");
      }
      long number = Long.parseLong(time.group(1));
      return switch (time.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        default -> Duration.ofMinutes(number);
      };
    }
  }
}
