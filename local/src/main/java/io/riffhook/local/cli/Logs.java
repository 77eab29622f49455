package io.riffhook.local.cli;

import picocli.CommandLine.ParseResult;

/**
 * How much of the log is shown. A song's progress says all that a person needs; a server also tells
 * what went wrong while nobody was looking.
 */
final class Logs {
  private Logs() {}

  static void quieten(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    if (last.hasMatchedOption("--verbose") || parsed.hasMatchedOption("--verbose")) {
      levels("INFO", "WARN");
    } else if (last.commandSpec().userObject() instanceof UpCommand) {
      levels("WARN", "ERROR");
    } else {
      levels("OFF", "OFF");
    }
  }

  private static void levels(String own, String others) {
    System.setProperty("riffhook.log.own", own);
    System.setProperty("riffhook.log.others", others);
  }
}
