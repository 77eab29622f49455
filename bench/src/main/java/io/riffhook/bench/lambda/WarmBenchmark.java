package io.riffhook.bench.lambda;

import io.riffhook.bench.Bench;
import io.riffhook.bench.Benchmark;
import io.riffhook.bench.Contender;
import io.riffhook.bench.Findings;
import io.riffhook.bench.Metric;
import io.riffhook.bench.ProcessUse;
import io.riffhook.bench.Series;
import io.riffhook.bench.Verdict;
import io.riffhook.domain.JobId;
import io.riffhook.processes.FunctionCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** What a callback costs once its function is warm. */
public final class WarmBenchmark implements Benchmark {
  private static final Metric CPU = Metric.lower("CPU per callback", "ms");
  private static final Metric RATE = Metric.higher("callbacks", "1/s");
  private static final Metric RSS = Metric.lower("peak RSS", "MiB");
  private static final String GROUP = "callbacks, one core, after 2,000 of them";
  private static final int WARM_UP = 2_000;
  private static final int CALLS = 1_000;
  private static final int QUICK_CALLS = 100;
  private static final int ROUNDS = 3;

  private static final String CALLBACK = "callback";
  private static final String RAW = "raw Java SDK calls";
  private static final String PYTHON = "Python, boto3";
  private static final String NODE = "Node, SDK v3";

  @Override
  public String name() {
    return "warm";
  }

  @Override
  public String title() {
    return "what a callback costs";
  }

  @Override
  public String method() {
    return """
    Each round starts each contender anew, gives it 2,000 final callbacks of as many jobs to get warm, and measures the
    next 1,000, one after the other, each with its token checked, one conditional write and one message sent. CPU is that of
    the whole process, its compiler and collector with it, as the scheduler counts it. "Raw" is the two calls of the SDK
    alone, in the same JVM with the same flags: no token, no JSON, no log. Once as the function is deployed, with the first
    compiler alone (C1), and once with both, as Lambda has it under SnapStart where nothing else is asked for.
    """;
  }

  @Override
  public Findings run(Bench bench) throws Exception {
    try (Lab lab = new Lab(bench)) {
      Peers peers = new Peers(bench.root(), lab.environment("CallbackFunction"));
      int calls = bench.quick() ? QUICK_CALLS : CALLS;
      List<Series> series =
          bench
              .rounds()
              .run(GROUP, contenders(lab, peers, bench.work(), calls), 0, bench.roundsOr(ROUNDS));
      return new Findings(series, verdicts(series), peers.versions(), List.of(), peers.missing());
    }
  }

  private static List<Contender> contenders(Lab lab, Peers peers, Path work, int calls)
      throws Exception {
    Map<String, String> environment = new HashMap<>(lab.environment("CallbackFunction"));
    environment.remove("JAVA_TOOL_OPTIONS"); // the flags of each contender are its own
    FunctionCode callback = lab.code("CallbackFunction");
    FunctionCode raw =
        OneClass.pack(
            RawHandler.class,
            lab.function("CallbackFunction"),
            work.resolve("raw"),
            libraries(callback.folder().resolve("lib")));
    List<Contender> contenders = new ArrayList<>();
    for (Jit jit : List.of(Jit.DEPLOYED, Jit.BOTH)) {
      contenders.add(
          Contender.subject(
              CALLBACK + jit.suffix(),
              warm(
                  lab,
                  CALLBACK,
                  () -> JavaStage.start(callback, environment, lab.log(CALLBACK), jit.flags()),
                  calls)));
      contenders.add(
          Contender.reference(
              RAW + jit.suffix(),
              warm(
                  lab,
                  RAW,
                  () -> JavaStage.start(raw, environment, lab.log(RAW), jit.flags()),
                  calls)));
    }
    for (Peers.Peer peer : peers.find()) {
      contenders.add(
          Contender.peer(
              peer.name(), warm(lab, peer.name(), () -> peer.start(lab.log(peer.name())), calls)));
    }
    return contenders;
  }

  /**
   * What the JVM may compile with.
   *
   * @param suffix of the names of contenders
   */
  private record Jit(String suffix, List<String> flags) {
    private static final Jit DEPLOYED = new Jit("", JavaStage.LAMBDA);
    private static final Jit BOTH = new Jit(", both compilers", JavaStage.SNAP_START);
  }

  private static List<Path> libraries(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static Contender.Trial warm(
      Lab lab, String name, Callable<? extends Stage> launch, int calls) {
    return () -> {
      List<byte[]> events = new ArrayList<>();
      int before = WARM_UP * calls / CALLS;
      for (JobId job : lab.submittedJobs(before + calls)) {
        events.add(lab.finalCallback(job));
      }
      lab.emptyQueues();
      try (Stage stage = launch.call()) {
        stage.awaitReady();
        answer(name, stage, events.subList(0, before));
        double cpu = ProcessUse.cpuNanos(stage.pid());
        long start = System.nanoTime();
        answer(name, stage, events.subList(before, before + calls));
        double seconds = (System.nanoTime() - start) / 1e9;
        double used = ProcessUse.cpuNanos(stage.pid()) - cpu;
        Map<Metric, Double> measured = new LinkedHashMap<>();
        measured.put(CPU, used / 1e6 / calls);
        measured.put(RATE, calls / seconds);
        measured.put(RSS, ProcessUse.of(stage.pid()).peakMiB());
        return measured;
      }
    };
  }

  private static void answer(String name, Stage stage, List<byte[]> events) throws Exception {
    byte[] last = new byte[0];
    for (byte[] event : events) {
      last = stage.invoke(event);
    }
    Stage.check(name, last);
  }

  private static List<Verdict> verdicts(List<Series> series) {
    double callback = cpu(series, CALLBACK);
    List<Verdict> verdicts = new ArrayList<>();
    verdict(verdicts, series, callback, PYTHON, 0.4);
    verdict(verdicts, series, callback, NODE, 0.6);
    verdicts.add(
        Verdict.atMost(
            "CPU per callback: at most 1.25 × the raw SDK calls",
            callback / cpu(series, RAW),
            "×",
            1.25));
    verdicts.add(
        Verdict.atMost(
            "CPU per callback, both compilers: at most 1.25 × the raw SDK calls with both",
            cpu(series, CALLBACK + Jit.BOTH.suffix()) / cpu(series, RAW + Jit.BOTH.suffix()),
            "×",
            1.25));
    return verdicts;
  }

  private static void verdict(
      List<Verdict> verdicts, List<Series> series, double callback, String peer, double limit) {
    if (series.stream().anyMatch(each -> each.contender().equals(peer))) {
      verdicts.add(
          Verdict.atMost(
              "CPU per callback: at most %s × %s".formatted(limit, peer),
              callback / cpu(series, peer),
              "×",
              limit));
    }
  }

  private static double cpu(List<Series> series, String contender) {
    return Findings.median(series, GROUP, contender, CPU);
  }
}
