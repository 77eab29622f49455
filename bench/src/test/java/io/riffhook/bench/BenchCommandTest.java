package io.riffhook.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command with a benchmark that measures nothing. */
class BenchCommandTest {
  private static final Metric TIME = Metric.lower("time", "ms");

  private final Path root;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private double value = 10;

  BenchCommandTest(@TempDir Path root) {
    this.root = root;
  }

  private final class Fake implements Benchmark {
    @Override
    public String name() {
      return "fake";
    }

    @Override
    public String title() {
      return "nothing at all";
    }

    @Override
    public String method() {
      return "It does nothing.";
    }

    @Override
    public Findings run(Bench bench) throws Exception {
      Files.writeString(bench.work().resolve("left"), "something");
      List<Series> series =
          bench
              .rounds()
              .run(
                  "a group",
                  List.of(
                      Contender.subject("ours", () -> Map.of(TIME, value)),
                      Contender.peer("theirs", () -> Map.of(TIME, 2 * value))),
                  0,
                  bench.roundsOr(3));
      return new Findings(
          series,
          List.of(Verdict.atMost("at most 5 ms", value, "ms", 5)),
          Map.of("Nothing", "1.0"),
          List.of(new Findings.Fact("a fact", "as it is")),
          List.of("A note."));
    }
  }

  private int run(String... args) {
    return new CommandLine(new BenchCommand(List.of(new Fake()), root))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  @Test
  void shouldListWhatThereIs() {
    assertThat(run("--list")).isZero();
    assertThat(out.toString()).contains("fake", "nothing at all");
  }

  @Test
  void shouldRefuseWhatThereIsNot() {
    assertThat(run("other")).isEqualTo(2);
    assertThat(err.toString()).contains("There is no benchmark other; there are fake");
    assertThat(run("fake", "--rounds", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--rounds is at least 1");
  }

  @Test
  void shouldSayWhatItMeasuredAndKeepNothingUnasked() {
    assertThat(run("fake", "--rounds", "2")).isZero();
    assertThat(out.toString())
        .contains(
            "round 2 of 2", "median 10.0", "2.00 × ours", "NOT MET", "at most 5 ms", "A note.");
    assertThat(root.resolve("bench/target/results/fake.json")).exists();
    assertThat(root.resolve("bench/results")).doesNotExist();
    assertThat(root.resolve("docs/benchmarks.md")).doesNotExist();
  }

  @Test
  void shouldKeepResultsAndWriteThePage() throws IOException {
    Files.createDirectories(root.resolve("bench/notes"));
    Files.writeString(root.resolve("bench/notes/fake.md"), "Why it is so.");
    assertThat(run("--save")).isZero();

    String page = Files.readString(root.resolve("docs/benchmarks.md"));
    assertThat(page)
        .contains(
            "[fake](#fake-nothing-at-all)",
            "**not met**",
            "## fake: nothing at all",
            "It does nothing.",
            "| ours | 10.0 [10.0–10.0] | 3 |",
            "| a fact | as it is |",
            "Why it is so.",
            "`./riffhook bench fake`",
            "Nothing 1.0");
    assertThat(root.resolve("docs/benchmarks/fake-a-group-time.svg")).content().contains("<svg");
    assertThat(run("--page")).isZero();
    assertThat(root.resolve("docs/benchmarks.md")).hasContent(page);
  }

  @Test
  void shouldTellWhatGotWorseThanTheKeptResult() {
    assertThat(run("--save")).isZero();
    assertThat(run("fake")).isZero();
    assertThat(out.toString()).contains("Nothing got worse");
    value = 20;
    assertThat(run("fake")).isZero();
    assertThat(out.toString()).contains("a group · ours · time: 20.0, was 10.0");
  }
}
