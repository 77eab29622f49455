package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code riffhook batch}, from a file to a report. */
class BatchCommandIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Cli cli = new Cli();

  BatchCommandIT(@TempDir Path folder) {
    this.folder = folder;
  }

  private String file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void shouldMakeASongOfEachPromptAndSaveTheReport() throws Exception {
    Path report = folder.resolve("report.jsonl");
    int exit =
        cli.run(
            "batch",
            file("prompts.txt", "rain\n\nsnow\n"),
            "--concurrency",
            "1",
            "--simulator-generation",
            "100ms",
            "--out",
            report.toString());
    assertThat(exit).as(cli.err()).isEqualTo(ExitCode.OK);
    assertThat(Files.readAllLines(report))
        .hasSize(2)
        .allSatisfy(
            line -> assertThat(JSON.readTree(line).path("status").asText()).isEqualTo("READY"));
    assertThat(cli.err()).contains("2 READY; the report is " + report);
    assertThat(cli.err()).contains("0 of 2 jobs have ended, 1 run");
  }

  @Test
  void shouldUseARiffhookThatRunsAndTellTheWorst() throws Exception {
    Backend backend =
        Backend.start(
            new CliContext(Path.of("..").toAbsolutePath().normalize(), Map.of(), false, 80),
            0,
            Optional.empty(),
            SimulatorSettings.defaults()
                .generation(
                    how -> how.withDuration(Duration.ofMillis(100)).withFailing("thunder")));
    try {
      String url = backend.machine().apiUrl().toString();
      String jobs = "{\"prompt\":\"rain\",\"formats\":[\"mp3\"]}\n{\"prompt\":\"thunder\"}\n";
      assertThat(cli.run("batch", file("songs.jsonl", jobs), "--url", url))
          .as(cli.err())
          .isEqualTo(ExitCode.FAILED);
      assertThat(cli.out().lines())
          .extracting(line -> JSON.readTree(line).path("status").asText())
          .containsExactly("READY", "FAILED");
      assertThat(cli.err()).contains("1 FAILED, 1 READY");

      Cli quick = new Cli();
      assertThat(quick.run("batch", file("b.jsonl", jobs), "--url", url, "--no-wait"))
          .isEqualTo(ExitCode.OK);
      assertThat(quick.out().strip()).matches("[0-9a-f-]{36}");

      Cli wrong = new Cli();
      assertThat(wrong.run("batch", file("c.jsonl", "{\"promt\":\"x\"}"), "--url", url))
          .isEqualTo(ExitCode.REFUSED);
      assertThat(wrong.err()).contains("line 1  /prompt  is required");
    } finally {
      backend.close();
    }
  }

  @Test
  void shouldSayWhatIsWrongWithTheFile() throws Exception {
    assertThat(cli.run("batch", file("a.jsonl", "{}\n{\"prompt\": \n"))).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err()).contains("a.jsonl cannot be used:", "  line 2 is not JSON: ");

    Cli empty = new Cli();
    assertThat(empty.run("batch", file("a.txt", "\n"))).isEqualTo(ExitCode.USAGE);
    assertThat(empty.err()).contains("a.txt asks for no song");

    Cli missing = new Cli();
    assertThat(missing.run("batch", folder.resolve("none.txt").toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(missing.err()).contains("there is no file '").contains("none.txt'");

    Cli folderAsReport = new Cli();
    assertThat(folderAsReport.run("batch", file("b.txt", "rain"), "--out", folder.toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(folderAsReport.err()).contains("--out: ", " is a folder, not a file");

    Cli alone = new Cli();
    assertThat(alone.run("batch", file("b.txt", "rain"), "--no-wait")).isEqualTo(ExitCode.USAGE);
    assertThat(alone.err()).contains("--no-wait is for a Riffhook that runs elsewhere: add --url");
  }
}
