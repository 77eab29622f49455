package io.riffhook.processes;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A run under load, in words. */
final class LoadReport {
  private LoadReport() {}

  static String of(LoadRun.Result result) throws IOException {
    LoadOptions options = result.options();
    Lines text = new Lines();
    text.add("load, %s", Instant.now().truncatedTo(ChronoUnit.SECONDS));
    text.add("machine: %s", Machine.describe());
    text.add(
        "seed %d, %d jobs at once over %d connections",
        options.seed(), options.jobs(), options.connections());
    text.add("");
    text.add("jobs at once, called back by the provider");
    batch(text, result.atOnce());
    text.add("  callbacks a second                  %.1f", result.normalRate());
    text.add("");
    text.add("callbacks at %.0f times that rate, half of them repeats", options.times());
    CallbackStorm.Result storm = result.storm();
    text.add("  callbacks sent                      %d", storm.sent());
    text.add("  a second: wanted, sent              %.1f, %.1f", storm.wanted(), storm.reached());
    text.add("  answers                             %s", storm.answers());
    text.add("  time of an answer                   %s", storm.times());
    batch(text, result.stormed());
    text.add("");
    List<String> violations = result.violations();
    text.list("VIOLATIONS", violations);
    return text.toString();
  }

  private static void batch(Lines text, LoadRun.Batch batch) {
    text.add("  jobs                                %s", batch.verdict().statuses());
    text.add("  answers to callers                  %s", batch.answers());
    text.add("  time of a call                      %s", batch.calls());
    text.add("  until all were accepted             %s", Percentiles.seconds(batch.accepting()));
    text.add("  until all had ended                 %s", Percentiles.seconds(batch.took()));
    text.add("  from the call to READY              %s", batch.verdict().untilReady());
  }
}
