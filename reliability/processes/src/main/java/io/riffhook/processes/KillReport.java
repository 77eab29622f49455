package io.riffhook.processes;

import io.riffhook.processes.KillRun.Result;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A run with kills, in words. */
final class KillReport {
  private KillReport() {}

  static String of(Result result) throws IOException {
    Judge.Verdict verdict = result.verdict();
    Lines text = new Lines();
    text.add("process kills, %s", Instant.now().truncatedTo(ChronoUnit.SECONDS));
    text.add("machine: %s", Machine.describe());
    text.add(
        "seed %d, %d of %d jobs submitted, at most %d open, time scale %s, %s in all",
        result.options().seed(),
        result.accepted(),
        result.options().jobs(),
        result.options().open(),
        result.options().timeScale(),
        Percentiles.seconds(result.took()));
    text.add(
        "processes killed: %d, one each %s: %s",
        result.killed(),
        Percentiles.seconds(result.took().dividedBy(Math.max(1, result.killed()))),
        result.kills());
    text.add("invocations lost with them: %s", result.lostRuns());
    text.add("provider's faults: %s", result.faults());
    text.add("answers to callers: %s", result.answers());
    text.add("jobs: %s", verdict.statuses());
    text.add("from the first call to READY: %s", verdict.untilReady());
    text.add(
        "songs bought: %d; calls that the provider refused: %s",
        result.bought(), result.refusedCreates());
    text.add("changes of jobs looked at: %d", result.statusChanges());
    text.add("");
    text.add("lost                                %d", verdict.lost());
    text.add("bought twice without an excuse      %d", verdict.twice());
    text.add("READY without bytes                 %d", verdict.withoutBytes());
    text.add("status went back                    %d", result.journal().size());
    text.add("violations in all                   %d", result.violations().size());
    text.add("");
    text.list("explained", verdict.explained());
    text.list("VIOLATIONS", result.violations());
    return text.toString();
  }
}
