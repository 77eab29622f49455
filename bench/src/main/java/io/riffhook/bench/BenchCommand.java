package io.riffhook.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "riffhook bench",
    description = {
      "Measure how fast, how small and how cheap Riffhook is, beside its peers.",
      "",
      "Each benchmark runs what is ours and its peers in turn. Its numbers go to"
          + " bench/target/results as JSON, and are",
      "compared with those in bench/results: what got worse by more than the noise is named."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  private final List<Benchmark> benchmarks;
  private final Path root;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "Which to run, all if none is named; see --list.")
  private List<String> names = List.of();

  @Option(names = "--list", description = "Say which there are, and end.")
  private boolean list;

  @Option(names = "--rounds", paramLabel = "N", description = "How many rounds to measure.")
  private Optional<Integer> rounds = Optional.empty();

  @Option(names = "--quick", description = "The smallest sizes, one round: to see that it works.")
  private boolean quick;

  @Option(
      names = "--save",
      description = "Keep the results in bench/results, and write docs/benchmarks.md anew.")
  private boolean save;

  @Option(
      names = "--page",
      description = "Run nothing; write docs/benchmarks.md from the results that are kept.")
  private boolean page;

  BenchCommand(List<Benchmark> benchmarks, Path root) {
    this.benchmarks = List.copyOf(benchmarks);
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    if (list) {
      benchmarks.forEach(each -> out().printf("%-8s %s%n", each.name(), each.title()));
      return 0;
    }
    if (rounds.filter(number -> number < 1).isPresent()) {
      throw new CommandLine.ParameterException(commandLine(), "--rounds is at least 1");
    }
    List<Benchmark> chosen = chosen();
    Results kept = new Results(root.resolve("bench/results"));
    if (!page) {
      for (Benchmark each : chosen) {
        run(each, kept);
      }
    }
    if (save || page) {
      new Page(root).write(all(kept));
      out().println("Wrote docs/benchmarks.md");
    }
    out().flush();
    return 0;
  }

  private List<Benchmark> chosen() {
    for (String name : names) {
      if (benchmarks.stream().noneMatch(each -> each.name().equals(name))) {
        throw new CommandLine.ParameterException(
            commandLine(),
            "There is no benchmark %s; there are %s"
                .formatted(
                    name,
                    benchmarks.stream().map(Benchmark::name).collect(Collectors.joining(", "))));
      }
    }
    return benchmarks.stream()
        .filter(each -> names.isEmpty() || names.contains(each.name()))
        .toList();
  }

  private void run(Benchmark benchmark, Results kept) throws Exception {
    out().printf("%n%s: %s%n", benchmark.name(), benchmark.title());
    out().flush();
    Machine machine = Machine.here();
    Path work = Files.createTempDirectory("riffhook-bench");
    Instant start = Instant.now();
    Findings findings;
    try {
      findings = benchmark.run(new Bench(root, work, rounds, quick, this::say));
    } finally {
      delete(work);
    }
    Result result =
        new Result(
            benchmark.name(),
            command(benchmark),
            LocalDate.now(ZoneOffset.UTC).toString(),
            Duration.between(start, Instant.now()).toSeconds(),
            machine,
            findings);
    new Results(root.resolve("bench/target/results")).save(result);
    new Summary(out()).print(result);
    kept.find(benchmark.name()).ifPresent(before -> compare(before, result));
    if (save) {
      kept.save(result);
    }
  }

  private String command(Benchmark benchmark) {
    return "./riffhook bench "
        + benchmark.name()
        + rounds.map(number -> " --rounds " + number).orElse("")
        + (quick ? " --quick" : "");
  }

  private void compare(Result before, Result after) {
    if (!Comparison.isOnTheSameMachine(before, after)) {
      out().println("Not compared with the kept result: that is of another machine.");
      return;
    }
    List<Comparison.Regression> worse = Comparison.worse(before, after);
    out()
        .println(
            worse.isEmpty()
                ? "Nothing got worse than the kept result of %s by more than the noise."
                    .formatted(before.date())
                : "Worse than the kept result of %s:".formatted(before.date()));
    worse.forEach(each -> out().println("  " + each));
    out().flush();
  }

  private Map<Benchmark, Result> all(Results kept) throws IOException {
    Map<Benchmark, Result> all = new LinkedHashMap<>();
    for (Benchmark each : benchmarks) {
      kept.find(each.name()).ifPresent(result -> all.put(each, result));
    }
    return all;
  }

  private void say(String line) {
    out().println("  " + line);
    out().flush();
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, @Nullable IOException why)
              throws IOException {
            if (why != null) {
              throw why;
            }
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }

  private PrintWriter out() {
    return commandLine().getOut();
  }
}
