package io.riffhook.processes;

import io.riffhook.processes.KillRun.Result;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A run with kills, in words. */
final class KillReport {
  private KillReport() {}

  static String of(Result result) throws IOException {
    Judge.Verdict verdict = result.verdict();
    StringBuilder text = new StringBuilder();
    line(text, "process kills, %s", Instant.now().truncatedTo(ChronoUnit.SECONDS));
    line(text, "machine: %s", Machine.describe());
    line(
        text,
        "seed %d, %d jobs, at most %d open, time scale %s, %s in all",
        result.options().seed(),
        result.options().jobs(),
        result.options().open(),
        result.options().timeScale(),
        Percentiles.seconds(result.took()));
    line(
        text,
        "processes killed: %d, one each %s: %s",
        result.killed(),
        Percentiles.seconds(result.took().dividedBy(Math.max(1, result.killed()))),
        result.kills());
    line(text, "invocations lost with them: %s", result.lostRuns());
    line(text, "provider's faults: %s", result.faults());
    line(text, "answers to callers: %s", result.answers());
    line(text, "jobs: %s", verdict.statuses());
    line(text, "from the first call to READY: %s", verdict.untilReady());
    line(
        text,
        "songs bought: %d; calls that the provider refused: %s",
        result.bought(),
        result.refusedCreates());
    line(text, "changes of jobs looked at: %d", result.statusChanges());
    line(text, "");
    line(text, "lost                                %d", verdict.lost());
    line(text, "bought twice without an excuse      %d", verdict.twice());
    line(text, "READY without bytes                 %d", verdict.withoutBytes());
    line(text, "status went back                    %d", result.journal().size());
    line(text, "violations in all                   %d", result.violations().size());
    line(text, "");
    list(text, "explained", verdict.explained());
    list(text, "VIOLATIONS", result.violations());
    return text.toString();
  }

  private static void list(StringBuilder text, String title, List<String> lines) {
    line(text, "%s: %d", title, lines.size());
    lines.forEach(each -> line(text, "  %s", each));
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(java.util.Locale.ROOT, format, values)).append('\n');
  }
}
