package io.riffhook.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The page {@code docs/benchmarks.md}: made from results, and from what people wrote beside them in
 * {@code bench/notes/NAME.md}.
 */
final class Page {
  private final Path root;
  private final Path plots;

  /**
   * Makes a page.
   *
   * @param root the project's folder
   */
  Page(Path root) {
    this.root = root;
    this.plots = root.resolve("docs/benchmarks");
  }

  /**
   * Writes the page and its plots.
   *
   * @param results by benchmark, in the page's order
   */
  void write(Map<Benchmark, Result> results) throws IOException {
    Files.createDirectories(plots);
    StringBuilder page =
        new StringBuilder(
            """
            # Benchmarks

            Made by `./riffhook bench --save`; do not edit. Each benchmark runs what is ours and its peers in turn in one
            run (A B A B …) on one machine, so a ratio means more than a number: another machine has other numbers. Values
            are medians, with the least and the greatest in brackets. Every value of every round is in `bench/results/`.

            """);
    overview(page, results);
    for (Map.Entry<Benchmark, Result> each : results.entrySet()) {
      section(page, each.getKey(), each.getValue());
    }
    Files.writeString(
        root.resolve("docs/benchmarks.md"),
        page.toString().stripTrailing() + "\n",
        StandardCharsets.UTF_8);
  }

  private static void overview(StringBuilder page, Map<Benchmark, Result> results) {
    page.append("| benchmark | target | measured | |\n|---|---|---|---|\n");
    results.forEach(
        (benchmark, result) -> {
          for (Verdict verdict : result.findings().verdicts()) {
            page.append("| [%s](#%s) ".formatted(benchmark.name(), anchor(benchmark)))
                .append("| %s ".formatted(verdict.target()))
                .append("| %s %s ".formatted(Numbers.of(verdict.measured()), verdict.unit()))
                .append("| %s |\n".formatted(verdict.isMet() ? "met" : "**not met**"));
          }
        });
    page.append('\n');
  }

  private void section(StringBuilder page, Benchmark benchmark, Result result) throws IOException {
    Findings findings = result.findings();
    page.append("## %s: %s\n\n".formatted(benchmark.name(), benchmark.title()));
    page.append(benchmark.method().strip()).append("\n\n");
    for (String group : groups(findings.series())) {
      group(page, benchmark, group, findings.series());
    }
    if (!findings.facts().isEmpty()) {
      page.append("| | |\n|---|---|\n");
      findings
          .facts()
          .forEach(fact -> page.append("| %s | %s |\n".formatted(fact.what(), fact.value())));
      page.append('\n');
    }
    findings.notes().forEach(note -> page.append("- ").append(note).append('\n'));
    if (!findings.notes().isEmpty()) {
      page.append('\n');
    }
    Path written = root.resolve("bench/notes/" + benchmark.name() + ".md");
    if (Files.exists(written)) {
      page.append(Files.readString(written).strip()).append("\n\n");
    }
    page.append(made(result)).append("\n\n");
  }

  private static SequencedSet<String> groups(List<Series> series) {
    return series.stream().map(Series::group).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private void group(StringBuilder page, Benchmark benchmark, String group, List<Series> all)
      throws IOException {
    List<Series> series = all.stream().filter(each -> each.group().equals(group)).toList();
    SequencedSet<Metric> metrics =
        series.stream().map(Series::metric).collect(Collectors.toCollection(LinkedHashSet::new));
    SequencedSet<String> contenders =
        series.stream().map(Series::contender).collect(Collectors.toCollection(LinkedHashSet::new));
    page.append("**").append(group).append("**\n\n| |");
    metrics.forEach(metric -> page.append(' ').append(heading(metric)).append(" |"));
    page.append(" rounds |\n|---|").append("---|".repeat(metrics.size() + 1)).append('\n');
    for (String contender : contenders) {
      page.append("| ").append(contender.replace("|", "\\|")).append(" |");
      int rounds = 0;
      for (Metric metric : metrics) {
        Optional<Series> cell = cell(series, contender, metric);
        rounds = Math.max(rounds, cell.map(each -> each.values().size()).orElse(0));
        page.append(' ').append(cell.map(Page::spread).orElse("")).append(" |");
      }
      page.append(' ').append(rounds).append(" |\n");
    }
    page.append('\n');
    if (contenders.size() > 1) {
      for (Metric metric : first(metrics)) {
        String file = slug(benchmark.name() + "-" + group + "-" + metric.name()) + ".svg";
        new Plot(group + ": " + heading(metric))
            .write(
                series.stream().filter(each -> each.metric().equals(metric)).toList(),
                plots.resolve(file));
        page.append("![%s, %s](benchmarks/%s)\n\n".formatted(group, heading(metric), file));
      }
    }
  }

  /** The first metric is what a group is about. */
  private static List<Metric> first(Collection<Metric> metrics) {
    return new ArrayList<>(metrics).subList(0, 1);
  }

  private static Optional<Series> cell(List<Series> series, String contender, Metric metric) {
    return series.stream()
        .filter(each -> each.contender().equals(contender) && each.metric().equals(metric))
        .findFirst();
  }

  private static String spread(Series series) {
    return series.values().size() == 1
        ? Numbers.of(series.median())
        : "%s [%s–%s]"
            .formatted(
                Numbers.of(series.median()), Numbers.of(series.min()), Numbers.of(series.max()));
  }

  private static String heading(Metric metric) {
    return metric.unit().isEmpty() ? metric.name() : metric.name() + ", " + metric.unit();
  }

  private static String made(Result result) {
    Machine machine = result.machine();
    String versions =
        new TreeMap<>(result.findings().versions())
            .entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    return "_%s, %s s: `%s` on %d × %s, %d MiB, %s, Java %s, load %s before%s._"
        .formatted(
            result.date(),
            result.seconds(),
            result.command(),
            machine.processors(),
            machine.processor(),
            machine.memoryMiB(),
            machine.system(),
            machine.java(),
            Numbers.of(machine.load()),
            versions.isEmpty() ? "" : "; " + versions);
  }

  private static String anchor(Benchmark benchmark) {
    return slug(benchmark.name() + " " + benchmark.title().replaceAll("[^A-Za-z0-9 -]", ""));
  }

  private static String slug(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}
