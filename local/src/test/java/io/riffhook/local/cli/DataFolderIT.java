package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.simulator.settings.SimulatorSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data folder of {@code up}. */
class DataFolderIT {
  private static final CliContext CONTEXT =
      new CliContext(Path.of("..").toAbsolutePath().normalize(), Map.of(), false, 80);

  private final Path parent;

  DataFolderIT(@TempDir Path parent) {
    this.parent = parent;
  }

  private static Backend start(Path data) {
    return Backend.start(CONTEXT, 0, Optional.of(data), SimulatorSettings.defaults());
  }

  @Test
  void shouldRefuseASecondProcessAndLeaveTheFirstAlone() throws Exception {
    Path data = parent.resolve("data");
    try (Backend first = start(data)) {
      URI url = first.machine().apiUrl();
      assertThatThrownBy(() -> start(data))
          .isInstanceOf(CliException.class)
          .hasMessage(
              "cannot start: the data folder %s is in use by process %d, which serves %s."
                  + " Choose another folder with --data.",
              data, ProcessHandle.current().pid(), url);

      first.awaitHealthy();
      assertThat(Running.in(data)).map(Running::api).contains(url);
    }
    start(data).close();
  }

  @Test
  void shouldNameTheOptionIfTheFolderCannotBeUsed() throws Exception {
    Path file = Files.writeString(parent.resolve("file"), "");
    Cli cli = new Cli();

    assertThat(cli.run("up", "--port", "0", "--data", file.toString()))
        .isEqualTo(ExitCode.UNREACHABLE);
    assertThat(cli.err())
        .contains(
            "riffhook: cannot start: the data folder %s cannot be created or written: %s: it is not a folder. Choose another folder with --data."
                .formatted(file, file));
  }

  @Test
  void shouldServeFromAFolderOfAnyName() throws Exception {
    Path data = parent.resolve("my songs; #1 50% é'\"&=+");
    try (Backend backend = start(data)) {
      backend.awaitHealthy();
      assertThat(backend.api().get("/v1/jobs").path("jobs")).isEmpty();
    }
    try (Stream<Path> files = Files.walk(data)) {
      assertThat(files.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
          .contains("lock", "callback-secret", "shared-local-instance.db");
    }
    try (Stream<Path> files = Files.walk(data, 2)) {
      assertThat(files.filter(Files::isRegularFile))
          .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file)).hasSize(2));
    }
  }
}
