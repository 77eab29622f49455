package io.riffhook.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Who runs where: what is measured has a core to itself, the services it calls and this process
 * have the others. By {@code taskset}; where there is none, or one core only, all share all.
 */
public final class Cores {
  // Read once: after this process was moved, it sees fewer cores than there are.
  private static final int LAST = Runtime.getRuntime().availableProcessors() - 1;
  private static final boolean SEPARATE = LAST > 0 && Programs.isThere("taskset");

  private static final int MOST_TRIES = 10;

  private Cores() {}

  /** Whether what is measured is kept apart here. */
  public static boolean areSeparate() {
    return SEPARATE;
  }

  /** What a command is put behind to run on the core of what is measured. */
  public static List<String> measured() {
    return SEPARATE ? List.of("taskset", "-c", Integer.toString(LAST)) : List.of();
  }

  /** What a command is put behind to run on the other cores. */
  public static List<String> others() {
    return SEPARATE ? List.of("taskset", "-c", "0-" + (LAST - 1)) : List.of();
  }

  /** A command, to be run where {@link #measured} or {@link #others} says. */
  public static List<String> command(List<String> where, List<String> command) {
    return Stream.concat(where.stream(), command.stream()).toList();
  }

  /** Keeps this process, and all it starts from now on, off the core of what is measured. */
  public static void leaveToTheMeasured() throws IOException, InterruptedException {
    move("0-" + (LAST - 1));
  }

  /** Has this process run everywhere again. */
  public static void takeAll() throws IOException, InterruptedException {
    move("0-" + LAST);
  }

  private static void move(String cores) throws IOException, InterruptedException {
    if (!SEPARATE) {
      return;
    }
    for (int tries = 1; !taskset(cores); tries++) {
      if (tries == MOST_TRIES) {
        throw new IOException("taskset did not move this process");
      }
    }
  }

  /** Whether all threads were moved: one that ends meanwhile has it fail. */
  private static boolean taskset(String cores) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "taskset", "-a", "-c", "-p", cores, Long.toString(ProcessHandle.current().pid()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
