package io.riffhook.bench;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;

/** A result for the terminal. */
final class Summary {
  private final PrintWriter out;

  Summary(PrintWriter out) {
    this.out = out;
  }

  void print(Result result) {
    Findings findings = result.findings();
    int width =
        findings.series().stream()
            .map(each -> each.contender().length())
            .max(Comparator.naturalOrder())
            .orElse(0);
    String group = "";
    for (Series each : findings.series()) {
      if (!each.group().equals(group)) {
        group = each.group();
        out.printf("%n  %s%n", group);
      }
      out.printf(
          "    %-" + width + "s  %-14s median %s, %s to %s %s%s%n",
          each.contender(),
          each.metric().name(),
          Numbers.of(each.median()),
          Numbers.of(each.min()),
          Numbers.of(each.max()),
          each.metric().unit(),
          ratio(each, findings.series()));
    }
    out.println();
    findings.facts().forEach(fact -> out.printf("  %s: %s%n", fact.what(), fact.value()));
    findings.notes().forEach(note -> out.printf("  %s%n", note));
    for (Verdict each : findings.verdicts()) {
      out.printf(
          "  %-7s %s: %s %s%n",
          each.isMet() ? "met" : "NOT MET",
          each.target(),
          Numbers.of(each.measured()),
          each.unit());
    }
    Machine machine = result.machine();
    out.printf(
        "  %d × %s, %d MiB, %s, Java %s, load %s before; took %d s%n",
        machine.processors(),
        machine.processor(),
        machine.memoryMiB(),
        machine.system(),
        machine.java(),
        Numbers.of(machine.load()),
        result.seconds());
    out.flush();
  }

  /** How many times the first subject's median. */
  private static String ratio(Series of, List<Series> all) {
    return all.stream()
        .filter(
            each ->
                each.role() == Contender.Role.SUBJECT
                    && each.group().equals(of.group())
                    && each.metric().equals(of.metric()))
        .findFirst()
        .filter(subject -> !subject.contender().equals(of.contender()) && subject.median() != 0)
        .map(
            subject ->
                ", %s × %s"
                    .formatted(Numbers.of(of.median() / subject.median()), subject.contender()))
        .orElse("");
  }
}
