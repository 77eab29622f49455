package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The commands that talk to a running system. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServedCommandsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Cli cli = new Cli();
  private final Backend backend =
      Backend.start(
          new CliContext(Path.of("..").toAbsolutePath().normalize(), Map.of(), false, 80),
          0,
          Optional.empty(),
          SimulatorSettings.defaults().generation(how -> how.withDuration(Duration.ofMillis(100))));
  private final String url = backend.machine().apiUrl().toString();
  private String job = "";

  @BeforeAll
  void makeASong() throws InterruptedException {
    Api api = backend.api();
    Wake wake = new Wake();
    backend.machine().onInvocation(wake);
    JobView made =
        api.submit(
            JsonNodeFactory.instance
                .objectNode()
                .put("prompt", "paper boats")
                .put("model", "FUZZ-0.8"));
    job = made.id();
    // Submitting was an invocation too, so the first wait ends at once.
    while (!made.status().isTerminal()) {
      wake.await();
      made = api.job(job);
      wake.looked();
    }
    assertThat(made.status().name()).isEqualTo("READY");
  }

  @AfterAll
  void close() {
    backend.close();
  }

  @Test
  void shouldListJobs() throws Exception {
    assertThat(cli.run("jobs", "--url", url)).as(cli.err()).isEqualTo(ExitCode.OK);
    assertThat(cli.out()).contains("JOB", job, "READY", "useapi");

    Cli none = new Cli();
    assertThat(none.run("jobs", "--status", "failed,queued", "--url", url)).isEqualTo(ExitCode.OK);
    assertThat(none.out()).isEqualToIgnoringNewLines("No jobs.");

    Cli json = new Cli();
    assertThat(json.run("jobs", "--provider", "useapi", "--json", "--url", url)).isEqualTo(0);
    assertThat(JSON.readTree(json.out()).at("/jobs/0/id").asText()).isEqualTo(job);
  }

  @Test
  void shouldShowAJobAndSaveIt(@TempDir Path out) throws Exception {
    assertThat(cli.run("get", job, "--url", url)).as(cli.err()).isEqualTo(ExitCode.OK);
    assertThat(cli.out()).contains(job + "  READY", "song.mp3", "stored");

    Cli saving = new Cli();
    assertThat(saving.run("get", job + "-1", "--out", out.toString(), "--json", "--url", url))
        .as(saving.err())
        .isEqualTo(ExitCode.OK);
    JsonNode printed = JSON.readTree(saving.out());
    assertThat(printed.at("/song/id").asText()).isEqualTo(job + "-1");
    assertThat(Files.size(Path.of(printed.at("/files/0/file").asText())))
        .isEqualTo(printed.at("/files/0/bytes").asLong());
  }

  @Test
  void shouldSayThatThereIsNoSuchThing() {
    assertThat(cli.run("get", "nothing", "--url", url)).isEqualTo(ExitCode.REFUSED);
    assertThat(cli.err()).contains("there is no job or song nothing");
  }

  @Test
  void shouldListProviders() {
    assertThat(cli.run("providers", "--url", url)).as(cli.err()).isEqualTo(ExitCode.OK);
    assertThat(cli.out()).contains("useapi", "yes", "webhook", "prompt", "mp3");
  }

  @Test
  void shouldShowWhatTheApiRefuses() {
    assertThat(cli.run("jobs", "--limit", "101", "--url", url)).isEqualTo(ExitCode.REFUSED);
    assertThat(cli.err()).contains("(400): limit must be a whole number");
  }

  @Test
  void shouldSayThatNothingAnswers() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    assertThat(cli.run("jobs", "--url", "http://127.0.0.1:" + free))
        .isEqualTo(ExitCode.UNREACHABLE);
    assertThat(cli.err()).contains("./riffhook up").doesNotContain("Exception");
  }

  @Test
  void shouldSayThatThePortIsTaken() {
    String port = url.substring(url.lastIndexOf(':') + 1);

    assertThat(cli.run("up", "--port", port, "--in-memory")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(cli.err()).contains("port " + port + " is taken");
  }
}
