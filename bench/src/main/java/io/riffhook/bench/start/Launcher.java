package io.riffhook.bench.start;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the launcher script as a user does, each time in a new folder. */
final class Launcher {
  /** What its makers and others say of it, for orientation. */
  static final String LOCALSTACK =
      "about 3.3 s (Community, its container), as a competitor says"
          + " (README of https://github.com/floci-io/floci, read 2026-11-21)";

  private static final String SERVES = "Riffhook serves at ";
  private static final long PATIENCE_SECONDS = 300; // the first run may build
  private static final int PROCESSORS = 2;

  /** What would have a real provider or a real AWS used. */
  private static final List<String> NOT_PASSED_ON =
      List.of("RIFFHOOK_", "AWS_", "_TOKEN", "_BASE_URL");

  private final Path root;
  private final Path work;
  private final HttpClient http = HttpClient.newHttpClient();

  Launcher(Path root, Path work) {
    this.root = root;
    this.work = work;
  }

  /** Seconds until the API is healthy. */
  double up() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(work, "up");
    long begin = System.nanoTime();
    Process process = start(folder, script(), "up", "--port", "0", "--data", "data");
    try (BufferedReader lines = process.inputReader()) {
      awaitHealth(address(lines));
      return seconds(begin);
    } finally {
      end(process);
    }
  }

  private static URI address(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(SERVES)) {
        return URI.create(line.substring(SERVES.length()).strip());
      }
    }
    throw new IllegalStateException("riffhook up ended before it served");
  }

  private void awaitHealth(URI api) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(api.resolve("/v1/health")).build();
    long begin = System.nanoTime();
    while (seconds(begin) < PATIENCE_SECONDS) {
      try {
        if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (ConnectException _) {
        Thread.onSpinWait(); // not there yet
      }
    }
    throw new IllegalStateException("the API does not become healthy");
  }

  /** Seconds until a song's files are there. */
  double song() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(work, "song");
    long begin = System.nanoTime();
    Process process =
        start(
            folder,
            script(),
            "song",
            "a slow waltz for two pianos",
            "--simulator-generation",
            "1s",
            "--out",
            "songs");
    process.getInputStream().readAllBytes();
    awaitEnd(process);
    double seconds = seconds(begin);
    try (Stream<Path> files = Files.walk(folder.resolve("songs"))) {
      if (files.noneMatch(each -> each.toString().endsWith(".mp3"))) {
        throw new IllegalStateException("there is no MP3");
      }
    }
    return seconds;
  }

  /** Seconds that the JVM takes to do nothing. */
  double empty() throws IOException, InterruptedException {
    Path source = work.resolve("Empty.java");
    Path compiled = work.resolve("Empty.class");
    if (Files.notExists(compiled)) {
      Files.writeString(source, "class Empty { public static void main(String[] a) {} }");
      awaitEnd(start(work, jdk("javac"), "Empty.java"));
    }
    long begin = System.nanoTime();
    awaitEnd(start(work, jdk("java"), "-XX:TieredStopAtLevel=1", "-cp", ".", "Empty"));
    return seconds(begin);
  }

  private String script() {
    return root.resolve("riffhook").toAbsolutePath().toString();
  }

  private static String jdk(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
  }

  private static Process start(Path folder, String... command) throws IOException {
    List<String> all = new ArrayList<>();
    if (Runtime.getRuntime().availableProcessors() > PROCESSORS) {
      all.addAll(List.of("taskset", "-c", "0,1"));
    }
    all.addAll(List.of(command));
    ProcessBuilder builder =
        new ProcessBuilder(all)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(Launcher::isNotPassedOn);
    return builder.start();
  }

  private static boolean isNotPassedOn(String name) {
    return NOT_PASSED_ON.stream().anyMatch(name::contains);
  }

  private static void awaitEnd(Process process) throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("it does not end");
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException("it ended with " + process.exitValue());
    }
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
