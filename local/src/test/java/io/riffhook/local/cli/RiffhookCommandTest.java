package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class RiffhookCommandTest {
  private final Cli cli = new Cli();

  static Stream<CommandSpec> commands() {
    CommandLine all = new Cli().commands();
    return Stream.concat(Stream.of(all), below(all)).map(CommandLine::getCommandSpec);
  }

  private static Stream<CommandLine> below(CommandLine line) {
    return line.getSubcommands().values().stream()
        .flatMap(each -> Stream.concat(Stream.of(each), below(each)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldDescribeEveryOptionAndParameter(CommandSpec command) {
    assertThat(command.options()).allMatch(option -> !option.hidden());
    assertThat(command.args()).allSatisfy(each -> assertThat(each.description()).isNotEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "song",
        "batch",
        "up",
        "jobs",
        "get",
        "upload",
        "providers",
        "endpoints",
        "keys",
        "redrive",
        "repair"
      })
  void shouldHelpWithExamplesAndExitCodes(String command) {
    int code = cli.run(command, "--help");

    assertThat(code).isEqualTo(ExitCode.OK);
    assertThat(cli.out())
        .contains("Usage: riffhook " + command)
        .contains("--verbose")
        .contains("130   interrupted")
        .contains("  ./riffhook " + command);
  }

  @Test
  void shouldOfferTheFormats() {
    cli.run("song", "--help");

    assertThat(cli.out())
        .containsIgnoringWhitespaces("mp3, wav, m4a, stems (default: all audio formats of the");
  }

  static Stream<List<String>> wrong() {
    return Stream.of(
        List.of(),
        List.of("sing"),
        List.of("song"),
        List.of("song", "x", "--formats", "ogg"),
        List.of("song", "x", "--simulator-generation", "soon"),
        List.of("song", "x", "--operation", "dance"),
        List.of("song", "x", "--seed", "half"),
        List.of("song", "x", "--lyrics", "la", "--lyrics-prompt", "about the sea"),
        List.of("song", "x", "--sound-strength", "0.5"),
        List.of("song", "x", "--operation", "cover", "--source", "nowhere/demo.mp3"),
        List.of("song", "x", "--url", "http://127.0.0.1:1", "--data", "there"),
        List.of("song", "x", "--url", "ftp://127.0.0.1/"),
        List.of("upload"),
        List.of("upload", "nowhere/demo.mp3"),
        List.of("upload", "no-id-of-a-song"),
        List.of("up", "--port", "http"),
        List.of("jobs", "--status", "LOST"),
        List.of("get"),
        List.of("jobs", "--url", "127.0.0.1"),
        List.of("providers", "--all"),
        List.of("redrive", "notes"),
        List.of("endpoints"),
        List.of("endpoints", "create"),
        List.of("endpoints", "show"),
        List.of("endpoints", "rotate", "ep_1", "--keep", "long"),
        List.of("endpoints", "deliveries", "ep_1", "--since", "yesterday"),
        List.of("endpoints", "redeliver", "ep_1"),
        List.of("endpoints", "redeliver", "ep_1", "--state", "failed"),
        List.of("endpoints", "redeliver", "ep_1", "d", "--since", "2026-11-21T00:00:00Z"),
        List.of("keys"),
        List.of("keys", "create"),
        List.of("keys", "create", "--owner", "../alice"),
        List.of("keys", "create", "--owner", "alice", "--expires", "0d"),
        List.of("keys", "create", "--owner", "alice", "--expires", "soon"),
        List.of("keys", "list", "--owner", ""),
        List.of("keys", "revoke"),
        List.of("keys", "revoke", "rk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9aY9Xo"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void shouldSayWhatIsWrongAndWhereToRead(List<String> arguments) {
    int code = cli.run(arguments.toArray(new String[0]));

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err()).startsWith("riffhook: ").contains(" --help");
    assertThat(cli.err().lines().count()).isLessThanOrEqualTo(4);
  }

  @Test
  void shouldRemindOfQuotes() {
    cli.run("song", "happy", "birthday");

    assertThat(cli.err()).contains("Put a prompt of several words in quotes.");
  }

  @Test
  void shouldNameTheFormatsWhereOneIsWrong() {
    cli.run("song", "x", "--formats", "mp3,ogg");

    assertThat(cli.err()).contains("'ogg' is none of: mp3, wav, m4a, stems");
  }

  @Test
  void shouldNotMixARunningSystemWithOneThatIsStarted() {
    Cli withUrl = new Cli(Map.of("RIFFHOOK_URL", "http://127.0.0.1:1"));

    assertThat(withUrl.run("song", "x", "--simulator-generation", "2s")).isEqualTo(ExitCode.USAGE);
    assertThat(withUrl.err())
        .contains(
            "--simulator-generation is for a Riffhook that is started, and the variable"
                + " RIFFHOOK_URL names one that runs");
  }

  @Test
  void shouldGiveNoFileOfThisMachineToAnother(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("demo.mp3"), "not read at all");

    assertThat(cli.run("upload", file.toString(), "--url", "https://riffhook.example"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(cli.err())
        .contains("a file can be given only to a Riffhook on this machine")
        .contains("https URL");
  }

  @Test
  void shouldNotShowAKeyThatWasTakenForItsId() {
    cli.run("keys", "revoke", "rk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9aY9Xo");

    assertThat(cli.err()).contains("That is no key's id").doesNotContain("AAECAwQF");
  }

  @Test
  void shouldSendAKeyOnlyWhereNobodyReadsIt() {
    String key = "rk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9aY9Xo";
    Cli withKey = new Cli(Map.of("RIFFHOOK_API_KEY", key));

    assertThat(withKey.run("jobs", "--url", "http://riffhook.example")).isEqualTo(ExitCode.USAGE);
    assertThat(withKey.err())
        .contains(
            "RIFFHOOK_API_KEY is sent over https only, and http://riffhook.example is not https")
        .doesNotContain(key);
    assertThat(withKey.run("jobs", "--url", "http://127.0.0.1:1")).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void shouldNotShowWhatCannotBeAKey() {
    Cli withNonsense = new Cli(Map.of("RIFFHOOK_API_KEY", "se\ncret"));

    assertThat(withNonsense.run("--verbose", "jobs")).isEqualTo(ExitCode.USAGE);
    assertThat(withNonsense.err()).contains("RIFFHOOK_API_KEY holds no key").doesNotContain("cret");
  }

  @Test
  void shouldTellItsVersion() {
    assertThat(cli.run("--version")).isEqualTo(ExitCode.OK);
    assertThat(cli.out()).startsWith("riffhook ");
  }
}
