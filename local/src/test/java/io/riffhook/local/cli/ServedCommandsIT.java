package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The commands that talk to a running system. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServedCommandsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Cli cli = new Cli();
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
                .put("provider", "useapi")
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

  /** One instance of this class runs all tests, and each is to see its own output only. */
  @BeforeEach
  void anew() {
    cli = new Cli();
  }

  @AfterAll
  void close() {
    backend.close();
  }

  @Test
  void shouldSayWhenThereMayBeRoomForOneMoreJob() throws Exception {
    HttpServer full =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try {
      byte[] problem =
          """
          {"title": "You have begun too many jobs today", "detail": "At most 5 jobs of yours."}
          """
              .getBytes(StandardCharsets.UTF_8);
      full.createContext(
          "/v1/jobs",
          exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "5400");
            exchange.sendResponseHeaders(429, problem.length);
            exchange.getResponseBody().write(problem);
            exchange.close();
          });
      full.start();
      String there = "http://127.0.0.1:" + full.getAddress().getPort();

      assertThat(cli.run("song", "rain", "--formats", "mp3", "--url", there))
          .isEqualTo(ExitCode.REFUSED);
      assertThat(cli.err().lines())
          .containsSubsequence(
              "riffhook: You have begun too many jobs today (429): At most 5 jobs of yours.",
              "  Try again in 1 h 30 min.");
    } finally {
      full.stop(0);
    }
  }

  @Test
  void shouldNotStartWithALimitThatIsNone() {
    Cli wrong = new Cli(Map.of("RIFFHOOK_MAX_RUNNING_JOBS", "many"));
    assertThat(wrong.run("song", "rain")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(wrong.err())
        .contains(
            "riffhook: cannot start: the setting RIFFHOOK_MAX_RUNNING_JOBS must be a whole number"
                + " from 0 to 1000, where 0 is no limit, and is 'many'");
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
    assertThat(cli.out()).contains("useapi", "yes", "well", "webhook", "prompt", "mp3");
  }

  @Test
  void shouldShowOneProvider() throws Exception {
    assertThat(cli.run("providers", "useapi", "--url", url)).as(cli.err()).isEqualTo(ExitCode.OK);
    assertThat(cli.out()).startsWith("useapi").contains("FUZZ-0.8", "--sound-strength");

    Cli json = new Cli();
    assertThat(json.run("providers", "useapi", "--json", "--url", url)).isEqualTo(ExitCode.OK);
    assertThat(JSON.readTree(json.out()).path("name").asText()).isEqualTo("useapi");

    Cli none = new Cli();
    assertThat(none.run("providers", "suno", "--url", url)).isEqualTo(ExitCode.REFUSED);
    assertThat(none.err()).contains("there is no provider suno, but flowmusic");
  }

  @Test
  void shouldUploadAFile(@TempDir Path folder) throws Exception {
    Path file = Sounds.wav(folder);

    assertThat(cli.run("upload", file.toString(), "--url", url)).as(cli.err()).isEqualTo(0);
    assertThat(cli.out().lines())
        .satisfiesExactly(
            id -> assertThat(id).startsWith("id      "),
            type -> assertThat(type).isEqualTo("type    audio/wav"),
            bytes -> assertThat(bytes).isEqualTo("bytes   " + Files.size(file)),
            hash -> assertThat(hash).matches("sha256  [0-9a-f]{64}"));
  }

  @Test
  void shouldUploadAUrl(@TempDir Path folder) throws Exception {
    try (FileServer elsewhere = FileServer.of(Sounds.picture(folder))) {
      assertThat(cli.run("upload", elsewhere.url().toString(), "--json", "--url", url))
          .as(cli.err())
          .isEqualTo(ExitCode.OK);
    }
    JsonNode upload = JSON.readTree(cli.out());
    assertThat(upload.path("status").asText()).isEqualTo("stored");
    assertThat(upload.path("contentType").asText()).isEqualTo("image/png");
  }

  @Test
  void shouldSayWhyAnUploadIsNotToBeHad() {
    assertThat(cli.run("upload", url + "/v1/nothing", "--url", url)).isEqualTo(ExitCode.FAILED);
    assertThat(cli.err()).contains("was not taken: the file could not be stored: HTTP 404");
    assertThat(cli.out()).isEmpty();

    Cli refused = new Cli();
    assertThat(refused.run("upload", "http://example.org/x.mp3", "--url", url))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err()).contains("  /url  must be an https URL");
  }

  @Test
  void shouldMakeASongElsewhere(@TempDir Path out) throws Exception {
    Cli here = new Cli(Map.of("RIFFHOOK_URL", url));
    int code =
        here.run(
            "song",
            "as a waltz",
            "--operation",
            "cover",
            "--provider",
            "musicapi-producer",
            "--source",
            job + "-1",
            "--json",
            "--out",
            out.toString());

    assertThat(code).as(here.err()).isEqualTo(ExitCode.OK);
    JsonNode printed = JSON.readTree(here.out());
    assertThat(printed.at("/job/operation").asText()).isEqualTo("cover");
    assertThat(Path.of(printed.at("/files/0/file").asText())).exists();
    assertThat(here.err()).contains("READY").doesNotContain("Starting");
    assertThat(backend.api().job(printed.at("/job/id").asText()).status().name())
        .isEqualTo("READY");
  }

  @Test
  void shouldTellAJobFromItsSongs(@TempDir Path out) {
    int code =
        cli.run(
            "song", "--operation", "cover", "--source", job, "--url", url, "--out", out.toString());

    assertThat(code).isEqualTo(ExitCode.REFUSED);
    assertThat(cli.err()).contains(job + " is a job; name one of its songs: " + job + "-1");

    Cli picture = new Cli();
    assertThat(picture.run("song", "x", "--image", job + "-1", "--url", url))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(picture.err()).contains("there is no file and no upload " + job + "-1");
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
