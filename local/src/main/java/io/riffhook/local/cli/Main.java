package io.riffhook.local.cli;

import picocli.CommandLine;

/** The process: runs the command line and ends with its exit code. */
public final class Main {
  private Main() {}

  /** Called by the launcher script. */
  public static void main(String[] args) {
    CommandLine commands = RiffhookCommand.commandLine(CliContext.fromLauncher());
    commands.setExecutionStrategy(
        parsed -> {
          // Before the first logger is made: Log4j reads its levels once.
          Logs.quieten(parsed);
          return new CommandLine.RunLast().execute(parsed);
        });
    System.exit(commands.execute(args));
  }
}
