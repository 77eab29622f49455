package io.riffhook.bench.inside;

import io.riffhook.bench.Bench;
import io.riffhook.bench.Benchmark;
import io.riffhook.bench.Contender;
import io.riffhook.bench.Findings;
import io.riffhook.bench.Metric;
import io.riffhook.bench.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What Riffhook's own code costs, beside the least that the same work can be. */
public final class InsideBenchmark implements Benchmark {
  private static final int ROUNDS = 3;
  private static final Metric TIME = Metric.lower("time", "µs");
  private static final Metric ALLOCATED = Metric.lower("allocated", "kB");
  private static final List<String> AS_DEPLOYED =
      List.of(
          "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--sun-misc-unsafe-memory-access=allow");

  /** One piece of work, by the names of its two methods in {@link InsideCode}. */
  private record Work(String group, String ours, String least, String leastIs) {}

  private static final List<Work> ALL =
      List.of(
          new Work(
              "a final callback, all but the network",
              "callback",
              "callbackRaw",
              "the same two SDK calls alone"),
          new Work(
              "the same, 10 ms after the one before",
              "callbackAfterRest",
              "callbackRawAfterRest",
              "the same two SDK calls alone"),
          new Work(
              "a callback's event, before anything is written",
              "event",
              "eventRaw",
              "Jackson and an HMAC alone"),
          new Work("a callback's token", "token", "tokenRaw", "an HMAC alone"),
          new Work("a job, read from its item", "job", "jobRaw", "the SDK call alone"));

  @Override
  public String name() {
    return "inside";
  }

  @Override
  public String title() {
    return "what our own code costs, without the network";
  }

  @Override
  public String method() {
    return """
    JMH, one thread, a process for each contender and round: three seconds to get warm, then five of one second each, with
    the compiler and the collector that the functions are deployed with (C1, serial). The SDK's transport is one that
    answers at once, to us and to the peers; nothing is logged. The peers are the least that anybody has to do for the same.
    A loop without a pause finds all of its code and data in the processor's caches, as no function in use does; so the
    callback is measured with pauses, too, which are not counted.
    """;
  }

  @Override
  public Findings run(Bench bench) throws Exception {
    List<Series> series = new ArrayList<>();
    for (Work work : bench.quick() ? ALL.subList(0, 1) : ALL) {
      series.addAll(
          bench
              .rounds()
              .run(
                  work.group(),
                  List.of(
                      Contender.subject("Riffhook", () -> measure(work.ours(), bench)),
                      Contender.peer(work.leastIs(), () -> measure(work.least(), bench))),
                  0,
                  bench.roundsOr(ROUNDS)));
    }
    return new Findings(series, List.of(), Map.of(), List.of(), List.of());
  }

  private static Map<Metric, Double> measure(String method, Bench bench) throws RunnerException {
    List<String> flags = new ArrayList<>(AS_DEPLOYED);
    flags.add("-Driffhook.log.own=OFF");
    flags.add("-Driffhook.log.others=ERROR");
    flags.add("-Driffhook.home=" + bench.root());
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include(Pattern.quote(InsideCode.class.getName() + "." + method) + "$")
                    .forks(1)
                    .warmupIterations(3)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(5)
                    .measurementTime(TimeValue.seconds(1))
                    .jvmArgs(flags.toArray(String[]::new))
                    .addProfiler(GCProfiler.class)
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .runSingle();
    Map<Metric, Double> measured = new LinkedHashMap<>();
    measured.put(TIME, result.getPrimaryResult().getScore());
    measured.put(
        ALLOCATED,
        Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore()
            / 1000);
    return measured;
  }
}
