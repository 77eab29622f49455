package io.riffhook.local.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;

/** The process: runs the command line and ends with its exit code. */
public final class Main {
  private Main() {}

  /** Called by the launcher script. */
  public static void main(String[] args) {
    PrintWriter rawOut = writer(FileDescriptor.out, "stdout.encoding");
    PrintWriter rawErr = writer(FileDescriptor.err, "stderr.encoding");
    CommandLine commands = RiffhookCommand.commandLine(CliContext.fromLauncher());
    IExecutionStrategy usual = commands.getExecutionStrategy();
    PrintWriter out = new TerminalWriter(rawOut, true);
    commands
        .setOut(out)
        .setErr(new TerminalWriter(rawErr, true))
        .setExecutionStrategy(
            parsed -> {
              // Before the first logger is made: Log4j reads its levels once.
              Logs.quieten(parsed);
              commands.setOut(rawOut); // help is in colours
              Integer help = CommandLine.executeHelpRequest(parsed);
              commands.setOut(out);
              return help == null ? usual.execute(parsed) : help;
            });
    int code = commands.execute(args);
    out.flush();
    if (out.checkError() || rawOut.checkError()) {
      rawErr.println(
          "riffhook: standard output could not be written:"
              + " the disk is full, or the program that read it has ended");
      rawErr.flush();
      code = code == ExitCode.OK ? ExitCode.OUTPUT : code;
    }
    System.exit(code);
  }

  /** Not by way of {@code System.out}, which keeps errors to itself. */
  private static PrintWriter writer(FileDescriptor stream, String encoding) {
    return new PrintWriter(
        new OutputStreamWriter(
            new FileOutputStream(stream), Charset.forName(System.getProperty(encoding, "UTF-8"))),
        true);
  }
}
