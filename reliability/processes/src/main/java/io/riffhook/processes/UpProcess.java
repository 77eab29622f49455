package io.riffhook.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code riffhook up} in a process of its own, which can be killed. */
final class UpProcess {
  private static final String SERVES = "Riffhook serves at ";

  private final Process process;
  private final URI api;

  private UpProcess(Process process, URI api) {
    this.process = process;
    this.api = api;
  }

  /**
   * Starts it, and waits until it says that it serves.
   *
   * @param settings its settings, beside the environment of this process
   * @param log where it writes its errors
   */
  static UpProcess start(Path root, Path data, int port, Map<String, String> settings, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Driffhook.home=" + root,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.riffhook.local.cli.Main",
                "up",
                "--port",
                Integer.toString(port),
                "--data",
                data.toString()));
    builder.environment().putAll(settings);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process = builder.start();
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(SERVES)) {
        // Nobody else reads what it writes: it must not wait for a full pipe.
        Thread.ofVirtual().name("output-of-up").start(() -> output.lines().forEach(_ -> {}));
        return new UpProcess(process, URI.create(line.substring(SERVES.length()).strip()));
      }
    }
    throw new IOException("up ended before it served; see " + log);
  }

  URI api() {
    return api;
  }

  /** Kills it, as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Ends it as Ctrl-C does. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      kill();
    }
  }
}
