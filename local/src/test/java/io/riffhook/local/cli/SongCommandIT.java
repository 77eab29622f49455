package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SongCommandIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path out = Path.of("");

  private final Cli cli = new Cli();

  private int song(String prompt, String... more) {
    return cli.run(
        Stream.concat(
                Stream.of(
                    "song", prompt, "--out", out.toString(), "--simulator-generation", "200ms"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void shouldLeaveVerifiedFilesAndATable() throws Exception {
    int code =
        song(
            "jazzy k-pop song about a distant lover",
            "--stems",
            "--reference",
            "order-7",
            "--provider",
            "useapi");

    assertThat(code).as(cli.err()).isEqualTo(ExitCode.OK);
    Path folder = only(out);
    JsonNode document = JSON.readTree(folder.resolve("song.json").toFile());
    assertThat(document.path("reference").asText()).isEqualTo("order-7");
    List<String> names =
        JobView.each(document.path("assets")).map(asset -> asset.path("name").asText()).toList();
    assertThat(names).contains("song.mp3", "song.wav", "song.m4a", "cover.jpg", "lyrics.txt");
    assertThat(names).filteredOn(name -> name.startsWith("stems/")).hasSizeGreaterThanOrEqualTo(3);
    for (JsonNode asset : document.path("assets")) {
      byte[] bytes = Files.readAllBytes(folder.resolve(asset.path("name").asText()));
      assertThat(bytes).hasSize(asset.path("bytes").asInt());
      assertThat(sha256(bytes)).isEqualTo(asset.path("sha256").asText());
    }
    assertThat(files(folder)).doesNotContain(".part").hasSize(names.size() + 1);
    assertThat(cli.out()).contains("song.mp3", "audio", "0:2", "MB", "…");
    assertThat(cli.err()).contains("GENERATING", "STORING", "READY");
  }

  @Test
  void shouldPrintOneJsonDocument() throws Exception {
    int code = song("rainy lo-fi", "--json", "--formats", "mp3", "--instrumental");

    assertThat(code).as(cli.err()).isEqualTo(ExitCode.OK);
    JsonNode printed = JSON.readTree(cli.out());
    assertThat(printed.at("/job/status").asText()).isEqualTo("READY");
    assertThat(printed.at("/files/0/file").asText()).endsWith("song.mp3");
    assertThat(printed.at("/files/0/sha256").asText()).hasSize(64);
  }

  @Test
  void shouldTellOfAModeratedPrompt() {
    int code = song("a forbidden song");

    assertThat(code).isEqualTo(ExitCode.REJECTED);
    assertThat(cli.err())
        .contains("riffhook: the prompt was rejected: flowmusic refused the prompt");
    assertThat(out).isEmptyDirectory();
  }

  @Test
  void shouldTellOfAFailedJob() {
    int code = song("failsong");

    assertThat(code).isEqualTo(ExitCode.FAILED);
    assertThat(cli.err())
        .contains("riffhook: the job is failed: flowmusic could not make the song");
  }

  @Test
  void shouldTellEveryFieldThatIsRefused() {
    int code = song(" ", "--provider", "nobody");

    assertThat(code).isEqualTo(ExitCode.REFUSED);
    assertThat(cli.err()).contains("  /prompt  ");
  }

  @Test
  void shouldMakeACoverOfAFile(@TempDir Path folder) throws Exception {
    int code =
        song(
            "as a waltz",
            "--operation",
            "cover",
            "--source",
            Sounds.wav(folder).toString(),
            "--cover-strength",
            "0.4",
            "--provider",
            "musicapi-producer");

    assertThat(code).as(cli.err()).isEqualTo(ExitCode.OK);
    assertThat(cli.err()).contains("Reading ", "READY");
    assertThat(cli.out()).contains("song.mp3").doesNotContain("stems");
  }

  @Test
  void shouldComposeFromLyricsSoundsAndAPicture(@TempDir Path folder) throws Exception {
    Path words = Files.writeString(folder.resolve("words.txt"), "Paper boats along the gutter");

    int code =
        song(
            "soft keys",
            "--lyrics-file",
            words.toString(),
            "--sound",
            "full band",
            "--sound-start",
            "0.5",
            "--image",
            Sounds.picture(folder).toString(),
            "--stems",
            "--json");

    assertThat(code).as(cli.err()).isEqualTo(ExitCode.OK);
    JsonNode job = JSON.readTree(cli.out()).path("job");
    assertThat(job.path("operation").asText()).isEqualTo("compose");
    assertThat(job.path("provider").asText()).isEqualTo("useapi");
    assertThat(JobView.of(job).assets().stream().map(JobView.AssetView::name))
        .contains("song.mp3", "song.wav", "song.m4a", "stems/drums.wav");
  }

  @Test
  void shouldGoOnFromASongThatWasKept(@TempDir Path data) throws Exception {
    assertThat(song("tide", "--json", "--formats", "mp3", "--data", data.toString()))
        .as(cli.err())
        .isEqualTo(ExitCode.OK);
    String first = JSON.readTree(cli.out()).at("/job/songs/0/id").asText();

    Cli next = new Cli();
    int code =
        next.run(
            "song",
            "as a waltz",
            "--operation",
            "cover",
            "--provider",
            "musicapi-producer",
            "--source",
            first,
            "--data",
            data.toString(),
            "--out",
            out.toString(),
            "--simulator-generation",
            "200ms");

    assertThat(code).as(next.err()).isEqualTo(ExitCode.OK);
  }

  @Test
  void shouldSayWhyAUrlIsRefused() {
    int code =
        song(
            "as a waltz",
            "--operation",
            "cover",
            "--source",
            "http://127.0.0.1:1/" + "x".repeat(2_100));

    assertThat(code).isEqualTo(ExitCode.REFUSED);
    assertThat(cli.err()).contains("  /url  ");
  }

  @Test
  void shouldSayThatThereIsNothingToStartFrom() {
    assertThat(song("as a waltz", "--operation", "cover", "--source", "nothing"))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(cli.err()).contains("riffhook: there is no file, song or upload nothing");
  }

  @Test
  void shouldShowWhatNoProviderTakes() {
    assertThat(song("ska", "--provider", "useapi", "--lyrics", "la", "--weirdness", "7"))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(cli.err()).contains("  /weirdness  must be a number from 0 to 1");
  }

  @Test
  void shouldSayThatThereIsNoSuchProvider() {
    Cli unknown = new Cli(Map.of("RIFFHOOK_PROVIDERS", "suno"));

    assertThat(unknown.run("song", "x")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(unknown.err()).contains("cannot start: RIFFHOOK_PROVIDERS names suno");
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      List<Path> all = inside.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
