package io.riffhook.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher script and the packaged command line, as a shell runs them. */
@EnabledOnOs(OS.LINUX)
class LauncherIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOSTILE = "\\u001b[2Jowned\\u202e";

  private final Path folder;
  private final HttpServer server;
  private final ConcurrentLinkedQueue<String> submitted = new ConcurrentLinkedQueue<>();

  LauncherIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
  }

  /** A home of the script in which everything is built, without the archive for a quick start. */
  @BeforeEach
  void installed() throws IOException {
    Path repository = Path.of("..").toAbsolutePath().normalize();
    for (String name : List.of("functions", "shared", "simulator")) {
      Files.createDirectory(folder.resolve(name));
    }
    for (String name : List.of("riffhook", "pom.xml", "template.yaml")) {
      Files.copy(repository.resolve(name), folder.resolve(name));
    }
    Path target = Files.createDirectories(folder.resolve("local/target"));
    Path built = repository.resolve("local/target");
    Files.createSymbolicLink(target.resolve("lib"), built.resolve("lib"));
    Files.copy(jar(built), target.resolve("riffhook-local-0.jar"));
    Files.createFile(target.resolve("riffhook.aot"));

    server.createContext("/", this::answer);
    server.start();
  }

  private static Path jar(Path target) throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().matches("riffhook-local-.*\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String job =
        "{\"id\":\"j1\",\"status\":\"FAILED\",\"provider\":\"p%s\",\"createdAt\":\"2026-11-21T00:00:00Z\",\"reason\":{\"code\":\"x\",\"detail\":\"%s\"}}"
            .formatted(HOSTILE, HOSTILE);
    if (exchange.getRequestMethod().equals("POST")) {
      submitted.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    }
    byte[] body =
        (path.equals("/v1/jobs") && exchange.getRequestMethod().equals("GET")
                ? "{\"jobs\":[%s]}".formatted(job)
                : job)
            .getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  private record Ended(int code, String out, String err) {}

  private Ended shell(Map<String, String> environment, String script) throws Exception {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", script)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    for (String name : List.of("LANG", "LC_ALL", "LC_CTYPE", "RIFFHOOK_URL", "RIFFHOOK_API_KEY")) {
      builder.environment().remove(name);
    }
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("URL", "http://127.0.0.1:" + server.getAddress().getPort());
    Process process = builder.start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("it did not end: " + script);
    }
    String words = Files.readString(err);
    System.err.print(words);
    return new Ended(process.exitValue(), Files.readString(out), words);
  }

  private JsonNode onlySubmission() throws IOException {
    assertThat(submitted).hasSize(1);
    return JSON.readTree(Optional.ofNullable(submitted.peek()).orElseThrow());
  }

  /** As ssh passes on the locale of another machine, and as a Mac's does. */
  @ParameterizedTest
  @ValueSource(strings = {"LC_ALL=xx_XX.UTF-8", "LC_CTYPE=UTF-8", "LANG=C", "LC_ALL=POSIX"})
  void shouldSendThePromptAsItWasTypedWhateverLocaleIsNamed(String locale) throws Exception {
    String[] variable = locale.split("=", 2);
    Files.writeString(folder.resolve("lyrics.txt"), "Wörter\n雨の歌");
    Ended ended =
        shell(
            Map.of(variable[0], variable[1]),
            "mv lyrics.txt wörter.txt;"
                + " ./riffhook song '雨の日の歌 — ü 😀' --lyrics-file wörter.txt --url \"$URL\"");

    assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.FAILED);
    JsonNode body = onlySubmission();
    assertThat(body.path("sounds").path(0).path("prompt").asText()).isEqualTo("雨の日の歌 — ü 😀");
    assertThat(body.path("lyrics").asText()).isEqualTo("Wörter\n雨の歌");
  }

  @Test
  void shouldRefuseAnArgumentThatIsNoTextInTheLocale() throws Exception {
    Ended ended =
        shell(
            Map.of("LC_ALL", "C.UTF-8"), "./riffhook song \"$(printf 'caf\\351')\" --url \"$URL\"");

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("argument 2 lost characters on its way here");
    assertThat(submitted).isEmpty();
  }

  @Test
  void shouldTakeAPromptThatBeginsWithAnAt() throws Exception {
    Files.writeString(folder.resolve("rain"), "another prompt");
    shell(Map.of(), "./riffhook song @rain --url \"$URL\"");

    assertThat(onlySubmission().path("prompt").asText()).isEqualTo("@rain");
  }

  @Test
  void shouldSayThatItsOutputCouldNotBeWritten() throws Exception {
    Ended full = shell(Map.of(), "./riffhook jobs --json --url \"$URL\" > /dev/full");
    assertThat(full.code()).isEqualTo(ExitCode.OUTPUT);
    assertThat(full.err()).contains("riffhook: standard output could not be written");

    shell(Map.of(), "{ ./riffhook jobs --url \"$URL\"; echo $? > code; } | true");
    assertThat(Files.readString(folder.resolve("code")).strip())
        .isEqualTo(String.valueOf(ExitCode.OUTPUT));

    Ended fine = shell(Map.of(), "./riffhook jobs --url \"$URL\" > out.txt");
    assertThat(fine.code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void shouldNotLetAServerSteerTheTerminal() throws Exception {
    Ended table = shell(Map.of(), "./riffhook jobs --url \"$URL\"");
    Ended json = shell(Map.of(), "./riffhook jobs --json --url \"$URL\"");
    Ended song = shell(Map.of(), "./riffhook song rain --url \"$URL\"");

    for (Ended each : List.of(table, json, song)) {
      assertThat(each.out() + each.err()).doesNotContain("\u001b", "\u202e").contains("owned");
    }
    assertThat(JSON.readTree(json.out()).path("jobs").path(0).path("provider").asText())
        .isEqualTo("p\u001b[2Jowned\u202e");
  }

  @Test
  void shouldLookAtTheOutputFolderBeforeASongIsMade() throws Exception {
    Files.writeString(folder.resolve("taken"), "a file");
    Ended ended = shell(Map.of(), "./riffhook song rain --out taken --url \"$URL\"");

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("--out: nothing can be saved in taken");
    assertThat(submitted).isEmpty();
  }
}
