package io.riffhook.bench.lambda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The callback function's job in other languages, where this machine has what they need. */
final class Peers {
  private static final long INSTALL_SECONDS = 300;

  private final Path root;
  private final Map<String, String> environment;
  private final List<String> missing = new ArrayList<>();
  private final Map<String, String> versions = new HashMap<>();

  /**
   * Looks for them.
   *
   * @param environment of the callback function
   */
  Peers(Path root, Map<String, String> environment) {
    this.root = root;
    this.environment = Map.copyOf(environment);
  }

  /** Why peers are not there. */
  List<String> missing() {
    return List.copyOf(missing);
  }

  /** The versions of those that are. */
  Map<String, String> versions() {
    return Map.copyOf(versions);
  }

  /** How a peer is started. */
  record Peer(String name, List<String> command, Path folder, Map<String, String> environment) {
    Stage start(Path log) throws IOException {
      return ScriptStage.start(command, folder, "callback.handler", environment, log);
    }
  }

  /** All that there are. */
  List<Peer> find() throws IOException, InterruptedException {
    List<Peer> found = new ArrayList<>();
    python().ifPresent(found::add);
    node().ifPresent(found::add);
    return found;
  }

  private Optional<Peer> python() throws IOException, InterruptedException {
    // The interpreter itself: a version manager's stand-in would be started, and timed, first.
    Optional<String> said =
        output(
            "python3",
            "-c",
            "import boto3, sys, platform; print(sys.executable, platform.python_version(),"
                + " boto3.__version__)");
    if (said.isEmpty()) {
      missing.add("Python with boto3 was not found: no Python peer.");
      return Optional.empty();
    }
    String[] words = said.get().split(" ");
    versions.put("Python", words[1]);
    versions.put("boto3", words[2]);
    Path folder = root.resolve("bench/peers/python");
    return Optional.of(
        new Peer(
            "Python, boto3",
            List.of(words[0], folder.resolve("runtime.py").toString()),
            folder,
            withoutBytecode(environment)));
  }

  /** What a run leaves beside the sources of a peer is nobody's. */
  private static Map<String, String> withoutBytecode(Map<String, String> variables) {
    Map<String, String> more = new HashMap<>(variables);
    more.put("PYTHONDONTWRITEBYTECODE", "1");
    return more;
  }

  private Optional<Peer> node() throws IOException, InterruptedException {
    Optional<String> version = output("node", "--version");
    if (version.isEmpty() || output("npm", "--version").isEmpty()) {
      missing.add("Node with npm was not found: no Node peer.");
      return Optional.empty();
    }
    Path folder = root.resolve("bench/target/peers/node");
    Files.createDirectories(folder);
    for (String file :
        List.of("package.json", "package-lock.json", "runtime.mjs", "callback.mjs")) {
      Files.copy(
          root.resolve("bench/peers/node").resolve(file),
          folder.resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.isDirectory(folder.resolve("node_modules/@aws-sdk/client-sqs"))
        && output(folder, INSTALL_SECONDS, "npm", "ci", "--silent").isEmpty()) {
      missing.add("npm could not install the AWS SDK for Node: no Node peer.");
      return Optional.empty();
    }
    versions.put("Node", version.get().replaceFirst("^v", ""));
    String sdk =
        Files.readString(folder.resolve("node_modules/@aws-sdk/client-dynamodb/package.json"));
    versions.put("AWS SDK v3", sdk.replaceFirst("(?s).*\"version\"\\s*:\\s*\"([^\"]+)\".*", "$1"));
    return Optional.of(
        new Peer(
            "Node, SDK v3",
            List.of("node", folder.resolve("runtime.mjs").toString()),
            folder,
            environment));
  }

  private Optional<String> output(String... command) throws IOException, InterruptedException {
    return output(root, 30, command);
  }

  private static Optional<String> output(Path folder, long seconds, String... command)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile("riffhook-bench", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(said.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return process.exitValue() == 0
          ? Optional.of(Files.readString(said, StandardCharsets.UTF_8).strip())
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty(); // there is no such program
    } finally {
      Files.delete(said);
    }
  }
}
