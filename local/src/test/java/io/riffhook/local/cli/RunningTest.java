package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningTest {
  private static final URI API = URI.create("http://127.0.0.1:8080");
  private static final Map<String, String> ENVIRONMENT =
      Map.of("RIFFHOOK_TABLE", "riffhook-table", "AWS_SECRET_ACCESS_KEY", "hush");

  private final Path folder;

  RunningTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static ProcessHandle self() {
    return ProcessHandle.current();
  }

  private static Running running(long pid, Instant started) {
    return new Running(pid, started, API, ENVIRONMENT);
  }

  private static Running here() {
    return Running.here(API, ENVIRONMENT, true);
  }

  @Test
  void shouldBeFoundWhileItRuns() throws IOException {
    Path inner = folder.resolve("not-there-yet");
    here().writeTo(inner);

    assertThat(Running.in(inner)).contains(here());
    assertThat(inner.toFile().list()).containsExactly("running.json");
  }

  @Test
  void shouldBeReadByItsUserOnly() throws IOException {
    here().writeTo(folder);

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("running.json"))))
        .isEqualTo("rw-------");
  }

  @Test
  void shouldNotBeFoundOnceItIsTakenBack() throws IOException {
    here().writeTo(folder);
    here().removeFrom(folder);

    assertThat(Running.in(folder)).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldNotTakeBackWhatAnotherTells() throws IOException {
    running(1, Instant.EPOCH).writeTo(folder);
    here().removeFrom(folder);

    assertThat(folder.resolve("running.json")).exists();
  }

  @Test
  void shouldCountForNothingWhereItsProcessWasKilled() throws Exception {
    Process killed = new ProcessBuilder("true").start();
    Instant start = killed.info().startInstant().orElseGet(Instant::now);
    killed.waitFor();
    running(killed.pid(), start).writeTo(folder);

    assertThat(Running.in(folder)).isEmpty();
  }

  /** Numbers of processes come again. */
  @Test
  void shouldCountForNothingWhereAnotherProcessHasItsNumber() throws IOException {
    Instant earlier = self().info().startInstant().orElseThrow().minus(Duration.ofHours(1));
    running(self().pid(), earlier).writeTo(folder);

    assertThat(Running.in(folder)).isEmpty();
  }

  @Test
  void shouldCountForNothingWhereItIsNotOurs() throws IOException {
    Files.writeString(folder.resolve("running.json"), "{\"pid\": 1, ");
    assertThat(Running.in(folder)).isEmpty();

    Files.writeString(folder.resolve("running.json"), "{}");
    assertThat(Running.in(folder)).isEmpty();
  }

  @Test
  void shouldKnowWhetherSomebodyAnswers() throws IOException {
    URI served;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      served = URI.create("http://127.0.0.1:" + socket.getLocalPort());
      assertThat(new Running(1, Instant.EPOCH, served, Map.of()).answers()).isTrue();
    }
    assertThat(new Running(1, Instant.EPOCH, served, Map.of()).answers()).isFalse();
  }

  @Test
  void shouldTellNoKeysOfAnAwsThatIsNoPartOfIt() {
    Map<String, String> all =
        Map.of(
            "AWS_SECRET_ACCESS_KEY", "hush",
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_REGION", "us-east-1",
            "AWS_ENDPOINT_URL", "http://127.0.0.1:4566",
            "RIFFHOOK_TABLE", "riffhook-table");

    assertThat(Running.here(API, all, true).environment()).isEqualTo(all);
    assertThat(Running.here(API, all, false).environment())
        .containsOnlyKeys("AWS_ENDPOINT_URL", "RIFFHOOK_TABLE");
  }

  @Test
  void shouldNotShowKeys() {
    assertThat(here().toString()).contains("AWS_SECRET_ACCESS_KEY").doesNotContain("hush");
  }
}
