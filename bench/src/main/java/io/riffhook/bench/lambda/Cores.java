package io.riffhook.bench.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Who runs where: what is measured has a core to itself, the services it calls and this process
 * have the others. By {@code taskset}; where there is none, or one core only, all share all.
 */
public final class Cores {
  private Cores() {}

  /** Whether what is measured is kept apart here. */
  public static boolean arePinned() {
    return Holder.PINNED;
  }

  /** What a command is put behind to run on the core of what is measured. */
  public static List<String> measured() {
    return Holder.PINNED ? List.of("taskset", "-c", Integer.toString(Holder.CORE)) : List.of();
  }

  /** Keeps this process, and all it starts from now on, off the core of what is measured. */
  public static void leaveToTheMeasured() throws IOException, InterruptedException {
    if (Holder.PINNED) {
      Process process =
          new ProcessBuilder(
                  "taskset",
                  "-a",
                  "-c",
                  "-p",
                  "0-" + (Holder.CORE - 1),
                  Long.toString(ProcessHandle.current().pid()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("taskset did not move this process");
      }
    }
  }

  /** Read once: after this process was moved, it sees fewer cores than there are. */
  private static final class Holder {
    private static final int CORE = Runtime.getRuntime().availableProcessors() - 1;
    private static final boolean PINNED = CORE > 0 && isOnPath("taskset");
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
