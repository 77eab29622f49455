package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class RiffhookCommandTest {
  private final Cli cli = new Cli();

  static Stream<CommandSpec> commands() {
    CommandLine all = new Cli().commands();
    return Stream.concat(Stream.of(all), all.getSubcommands().values().stream())
        .map(CommandLine::getCommandSpec);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldDescribeEveryOptionAndParameter(CommandSpec command) {
    assertThat(command.options()).allMatch(option -> !option.hidden());
    assertThat(command.args()).allSatisfy(each -> assertThat(each.description()).isNotEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"song", "up", "jobs", "get", "providers"})
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
        .containsIgnoringWhitespaces("mp3, wav, m4a, stems (default: mp3,wav,m4a)");
  }

  static Stream<List<String>> wrong() {
    return Stream.of(
        List.of(),
        List.of("sing"),
        List.of("song"),
        List.of("song", "x", "--formats", "ogg"),
        List.of("song", "x", "--simulator-generation", "soon"),
        List.of("up", "--port", "http"),
        List.of("jobs", "--status", "LOST"),
        List.of("get"),
        List.of("providers", "--all"));
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
  void shouldTellItsVersion() {
    assertThat(cli.run("--version")).isEqualTo(ExitCode.OK);
    assertThat(cli.out()).startsWith("riffhook ");
  }
}
