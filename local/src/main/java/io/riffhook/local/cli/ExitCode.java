package io.riffhook.local.cli;

/** What the process ends with; scripts rely on it, and every command's help lists it. */
final class ExitCode {
  static final int OK = 0;
  static final int USAGE = 2;
  static final int REJECTED = 3;
  static final int FAILED = 4;
  static final int REFUSED = 5;
  static final int UNREACHABLE = 6;
  static final int OUTPUT = 7;
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
