package io.riffhook.local.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The command line in this process, with what it says. */
final class Cli {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine commands;

  /** With these environment variables, and waits that are shorter than a user's. */
  Cli(Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>(variables);
    environment.putIfAbsent("RIFFHOOK_TIME_SCALE", "0.2");
    commands =
        RiffhookCommand.commandLine(
                new CliContext(Path.of("..").toAbsolutePath().normalize(), environment, false, 80))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
  }

  Cli() {
    this(Map.of());
  }

  /** What {@code song} with these arguments asks for. */
  static SongRequest request(String... arguments) {
    CommandLine commands = new Cli().commands();
    commands.parseArgs(
        Stream.concat(Stream.of("song"), Stream.of(arguments)).toArray(String[]::new));
    SongCommand song = command(commands, "song").getCommand();
    return SongRequest.of(song.song);
  }

  /** A subcommand that is there. */
  static CommandLine command(CommandLine commands, String name) {
    return Optional.ofNullable(commands.getSubcommands().get(name)).orElseThrow();
  }

  int run(String... arguments) {
    int code = commands.execute(arguments);
    // Into the test's output, too, which the build looks through for secrets.
    System.err.print(err);
    return code;
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  CommandLine commands() {
    return commands;
  }
}
