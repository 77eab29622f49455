package io.riffhook.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The process that serves the data of a folder, as it tells in a file there. Only one process can
 * open that data, so other commands go by way of its services.
 *
 * @param started when the process began, since the system uses the number of an ended one again
 * @param environment the variables by which its AWS is found, and its table, bucket and queues. The
 *     keys of an AWS that runs elsewhere are the user's own and not among them
 */
record Running(long pid, Instant started, URI api, Map<String, String> environment) {
  private static final String FILE = "running.json";
  private static final JsonMapper JSON = new JsonMapper();
  private static final int ANSWER_MILLIS = 2000;

  /** A system tells the start of a process from its own, by a clock that is put right meanwhile. */
  private static final Duration INACCURACY = Duration.ofSeconds(10);

  Running {
    environment = Map.copyOf(environment);
  }

  /**
   * This process.
   *
   * @param embedded whether the AWS is a part of it, with keys that nobody else has
   */
  static Running here(URI api, Map<String, String> environment, boolean embedded) {
    ProcessHandle self = ProcessHandle.current();
    return new Running(
        self.pid(),
        self.info().startInstant().orElse(Instant.EPOCH),
        api,
        environment.entrySet().stream()
            .filter(each -> embedded || !isCredential(each.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static boolean isCredential(String variable) {
    return variable.startsWith("AWS_") && !variable.contains("ENDPOINT");
  }

  /** Tells it in the folder, to this user only. */
  void writeTo(Path folder) throws IOException {
    ObjectNode json =
        JSON.createObjectNode()
            .put("pid", pid)
            .put("started", started.toString())
            .put("api", api.toString());
    ObjectNode variables = json.putObject("environment");
    environment.forEach(variables::put);
    Path written = Files.createTempFile(Files.createDirectories(folder), FILE, "", onlyOwner());
    Files.writeString(written, json.toPrettyString() + "\n");
    Files.move(written, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] onlyOwner() {
    return Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Takes it back, unless another process tells by now that it serves the folder. */
  void removeFrom(Path folder) throws IOException {
    if (told(folder).filter(each -> each.pid == pid).isPresent()) {
      Files.deleteIfExists(folder.resolve(FILE));
    }
  }

  /**
   * The process that serves the folder now. What one has left that was killed counts for nothing.
   */
  static Optional<Running> in(Path folder) throws IOException {
    return told(folder).filter(Running::lives);
  }

  private static Optional<Running> told(Path folder) throws IOException {
    try {
      JsonNode json = JSON.readTree(Files.readString(folder.resolve(FILE)));
      Map<String, String> environment =
          json.path("environment").properties().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().asText()));
      return Optional.of(
          new Running(
              json.path("pid").asLong(),
              Instant.parse(json.path("started").asText()),
              URI.create(json.path("api").asText()),
              environment));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (JsonProcessingException | DateTimeParseException _) {
      // Not written by us: nobody tells anything.
      return Optional.empty();
    }
  }

  private boolean lives() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(
            process ->
                process
                    .info()
                    .startInstant()
                    .map(start -> Duration.between(start, started).abs().compareTo(INACCURACY) < 0)
                    .orElse(true))
        .isPresent();
  }

  /** Whether somebody takes connections where it says that it serves. */
  boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(api.getHost(), api.getPort()), ANSWER_MILLIS);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** Leaves out the values, of which one is a key. */
  @Override
  public String toString() {
    return "Running[pid=%d, api=%s, environment=%s]".formatted(pid, api, environment.keySet());
  }
}
