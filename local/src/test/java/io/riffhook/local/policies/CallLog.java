package io.riffhook.local.policies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What integration tests called, and which of their classes ran: a file for each JVM, with each
 * line once. Only the integration tests of a build name a file; other tests record nothing.
 */
final class CallLog {
  /** The file's name in system properties. */
  private static final String PROPERTY = "riffhook.calls";

  private static final String CALL = "call ";
  private static final String RAN = "ran ";

  private static final CallLog OF_THIS_JVM = new CallLog(fileOfThisJvm());

  private final Optional<Path> file;
  private final Set<String> written = new HashSet<>();

  CallLog(Optional<Path> file) {
    this.file = file;
    file.ifPresent(CallLog::empty);
  }

  static CallLog ofThisJvm() {
    return OF_THIS_JVM;
  }

  private static Optional<Path> fileOfThisJvm() {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of);
  }

  private static void empty(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().resolve("..").normalize());
      Files.writeString(file, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void called(AwsCall call) {
    write(CALL + call.line());
  }

  void ran(String testClass) {
    write(RAN + testClass);
  }

  private synchronized void write(String line) {
    if (file.isPresent() && written.add(line)) {
      try {
        Files.writeString(file.get(), line + "\n", StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * What the files in a folder hold.
   *
   * @param ran the test classes that ran
   */
  record Content(List<AwsCall> calls, Set<String> ran) {
    Content {
      calls = List.copyOf(calls);
      ran = Set.copyOf(ran);
    }
  }

  /** Reads all files of a folder, which need not exist. */
  static Content read(Path folder) throws IOException {
    List<AwsCall> calls = new ArrayList<>();
    Set<String> ran = new HashSet<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          for (String line : Files.readAllLines(file)) {
            if (line.startsWith(CALL)) {
              calls.add(AwsCall.parse(line.substring(CALL.length())));
            } else {
              ran.add(line.substring(RAN.length()));
            }
          }
        }
      }
    }
    return new Content(calls.stream().distinct().toList(), ran);
  }
}
