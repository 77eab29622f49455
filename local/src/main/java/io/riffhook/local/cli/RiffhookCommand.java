package io.riffhook.local.cli;

import io.riffhook.json.StrictText;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code riffhook}: all commands, and what they have in common. */
@Command(
    name = "riffhook",
    description = "AI music generation on your own AWS, or on this one machine.",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = RiffhookCommand.Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done; a song is ready",
      "2:the command line is wrong",
      "3:the provider's moderation rejected the prompt",
      "4:the job failed or was cancelled, or an upload failed",
      "5:the API refused the request",
      "6:the API cannot be reached, or the system cannot start",
      "7:standard output could not be written",
      "130:interrupted (Ctrl-C)"
    },
    footer = {
      "",
      "Examples:",
      "  ./riffhook song \"jazzy k-pop song about a distant lover\" --stems",
      "  ./riffhook up",
      "  ./riffhook song --help"
    })
final class RiffhookCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show the log, and where errors come from.")
  boolean verbose;

  /** The whole command line. */
  static CommandLine commandLine(CliContext context) {
    RiffhookCommand root = new RiffhookCommand();
    return new CommandLine(root)
        .addSubcommand(new SongCommand(context))
        .addSubcommand(new BatchCommand(context))
        .addSubcommand(new UpCommand(context))
        .addSubcommand(new JobsCommand(context))
        .addSubcommand(new GetCommand(context))
        .addSubcommand(new UploadCommand(context))
        .addSubcommand(new ProvidersCommand(context))
        .addSubcommand(EndpointsCommand.line(context))
        .addSubcommand(KeysCommand.line(context))
        .addSubcommand(new RedriveCommand(context))
        .addSubcommand(new RepairCommand(context))
        .setExpandAtFiles(false) // a prompt may begin with @
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler((wrong, _) -> usageError(wrong))
        .setExecutionExceptionHandler((failure, line, _) -> root.failed(failure, line))
        .setExecutionStrategy(
            parsed -> {
              refuseDamaged(parsed);
              return new CommandLine.RunLast().execute(parsed);
            });
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  /** A prompt that lost characters on its way would be paid for as it arrived. */
  private static void refuseDamaged(ParseResult parsed) {
    List<String> arguments = parsed.originalArgs();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).indexOf(StrictText.REPLACEMENT) >= 0) {
        throw new ParameterException(
            parsed.commandSpec().commandLine(),
            "argument %d lost characters on its way here: it is not in the encoding of the locale (%s). Set LC_ALL to a UTF-8 locale that is installed (locale -a lists them)"
                .formatted(i + 1, System.getProperty("sun.jnu.encoding")));
      }
    }
  }

  private static int usageError(ParameterException wrong) {
    CommandLine line = wrong.getCommandLine();
    PrintWriter err = line.getErr();
    // Some of picocli's own messages begin so, and most do not.
    err.println("riffhook: " + String.valueOf(wrong.getMessage()).replaceFirst("^Error: ", ""));
    if (!UnmatchedArgumentException.printSuggestions(wrong, err)
        && wrong instanceof UnmatchedArgumentException
        && line.getCommand() instanceof SongCommand) {
      err.println("Put a prompt of several words in quotes.");
    }
    err.println("Try: ./" + line.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  private int failed(Exception failure, CommandLine line) {
    PrintWriter err = line.getErr();
    if (verbose) {
      failure.printStackTrace(err);
    }
    if (failure instanceof CliException told) {
      err.println("riffhook: " + told.getMessage());
      return told.exitCode();
    }
    if (failure instanceof UncheckedIOException || failure instanceof FileSystemException) {
      err.println("riffhook: " + Backend.root(failure));
      return ExitCode.FAILED;
    }
    err.println("riffhook: " + failure);
    if (!verbose) {
      err.println("This should not happen; --verbose shows more.");
    }
    return ExitCode.FAILED;
  }

  /** The version, from the manifest of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = RiffhookCommand.class.getPackage().getImplementationVersion();
      return new String[] {"riffhook " + (version == null ? "(not packaged)" : version)};
    }
  }
}
