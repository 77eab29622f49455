package io.riffhook.local.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which Riffhook makes a song: one that runs elsewhere, or one that is started for it. */
final class PlaceOptions {
  private static final String VARIABLE = "RIFFHOOK_URL";

  /** What only one in this process has. */
  private static final List<String> HERE_ONLY =
      List.of("--data", "--port", "--simulator-generation");

  @Option(
      names = "--url",
      paramLabel = "URL",
      converter = RemoteOptions.UrlConverter.class,
      description = {
        "Use the Riffhook that runs there, such as one of ./riffhook up (default: the variable "
            + VARIABLE
            + "; without it, one is started for this song)."
      })
  @Nullable URI url;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Keep jobs and songs here, for the next time (default: nothing is kept of the simulator's,"
            + " ./riffhook-data for real providers)."
      })
  @Nullable Path data;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = {
        "The port of the one that is started (default: 8080 where RIFFHOOK_PUBLIC_URL leads"
            + " providers to it, else any)."
      })
  @Nullable Integer port;

  /** Where the Riffhook is that is to be used, if one is not to be started. */
  Optional<URI> elsewhere(CommandLine line, CliContext context) {
    Optional<URI> variable =
        url == null
            ? context.variable(VARIABLE).map(text -> ofVariable(text, line))
            : Optional.empty();
    Optional<URI> elsewhere = Optional.ofNullable(url).or(() -> variable);
    if (elsewhere.isPresent()) {
      for (String option : HERE_ONLY) {
        if (line.getParseResult().hasMatchedOption(option)) {
          throw new ParameterException(
              line,
              "%s is for a Riffhook that is started, and %s names one that runs"
                  .formatted(option, url == null ? "the variable " + VARIABLE : "--url"));
        }
      }
    }
    return elsewhere;
  }

  private static URI ofVariable(String text, CommandLine line) {
    try {
      return new RemoteOptions.UrlConverter().convert(text);
    } catch (CommandLine.TypeConversionException e) {
      throw new ParameterException(line, VARIABLE + ": " + e.getMessage(), e);
    }
  }

  /** What is kept between runs. A job that was paid for can always be taken up again. */
  Optional<Path> data(CliContext context) {
    return Optional.ofNullable(data)
        .or(() -> Backend.mustKeep(context) ? Optional.of(UpCommand.DATA) : Optional.empty());
  }

  int port(CliContext context) {
    if (port != null) {
      return port;
    }
    // The user's tunnel ends at a port it knows; a simulator is told whichever it is.
    boolean tunnel =
        LocalProviders.areReal(context) && context.variable("RIFFHOOK_PUBLIC_URL").isPresent();
    return tunnel ? UpCommand.PORT : 0;
  }
}
