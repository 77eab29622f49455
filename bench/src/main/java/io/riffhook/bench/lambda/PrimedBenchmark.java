package io.riffhook.bench.lambda;

import io.riffhook.bench.Bench;
import io.riffhook.bench.Benchmark;
import io.riffhook.bench.Contender;
import io.riffhook.bench.Findings;
import io.riffhook.bench.Metric;
import io.riffhook.bench.Series;
import io.riffhook.bench.Verdict;
import io.riffhook.processes.FunctionCode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** What the first caller of an environment that started from a snapshot waits for. */
public final class PrimedBenchmark implements Benchmark {
  private static final Metric FIRST = Metric.lower("first answer", "ms");
  private static final Metric TENTH = Metric.lower("tenth answer", "ms");
  private static final Metric PRIMING = Metric.lower("init with priming", "ms");
  private static final String GROUP = "after a snapshot, one core";
  private static final int TENTH_CALL = 10;
  private static final int ROUNDS = 5;

  @Override
  public String name() {
    return "primed";
  }

  @Override
  public String title() {
    return "first answer after SnapStart's priming";
  }

  @Override
  public String method() {
    return """
    Each process is told that SnapStart initializes it, so AWS's runtime interface client runs the hooks before the
    checkpoint: the SDK's own warm-up, and the handler with an event of nobody's. Then comes the first call, and nine more.
    No snapshot is taken here: what reading one back costs is AWS's, and what is compiled in the meantime is kept, as it is
    in a snapshot. Connections, which a snapshot loses, are kept here, too. The JVM has what Lambda starts Java 25 with under
    SnapStart, and what the template asks for: the first compiler alone.
    """;
  }

  @Override
  public Findings run(Bench bench) throws Exception {
    try (Lab lab = new Lab(bench)) {
      List<Contender> contenders =
          List.of(
              contender(
                  lab, "callback", "CallbackFunction", () -> lab.finalCallback(lab.submittedJob())),
              contender(lab, "submit", "SubmitFunction", lab::submission),
              contender(lab, "api", "ApiFunction", () -> lab.read(lab.submittedJob())),
              contender(lab, "authorizer", "AuthorizerFunction", lab::authorization));
      List<Series> series =
          bench.rounds().run(GROUP, contenders, bench.quick() ? 0 : 1, bench.roundsOr(ROUNDS));
      List<Verdict> verdicts =
          contenders.stream()
              .map(
                  each ->
                      Verdict.atMost(
                          each.name() + ": first answer at most 2 × the tenth",
                          Findings.median(series, GROUP, each.name(), FIRST)
                              / Findings.median(series, GROUP, each.name(), TENTH),
                          "×",
                          2))
              .toList();
      return new Findings(series, verdicts, Map.of(), List.of(), List.of());
    }
  }

  private static Contender contender(
      Lab lab, String name, String function, Callable<byte[]> events) {
    return Contender.subject(name, () -> primed(lab, name, function, events));
  }

  private static Map<Metric, Double> primed(
      Lab lab, String name, String function, Callable<byte[]> events) throws Exception {
    FunctionCode code = lab.code(function);
    Map<String, String> environment = new HashMap<>(lab.environment(function));
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    long before = System.nanoTime();
    try (Stage stage = JavaStage.start(code, environment, lab.log(name), JavaStage.SNAP_START)) {
      stage.awaitReady();
      Map<Metric, Double> measured = new LinkedHashMap<>();
      double priming = (System.nanoTime() - before) / 1e6;
      for (int call = 1; call <= TENTH_CALL; call++) {
        byte[] event = events.call();
        long start = System.nanoTime();
        byte[] answer = stage.invoke(event);
        double took = (System.nanoTime() - start) / 1e6;
        Stage.check(name, answer);
        if (call == 1) {
          measured.put(FIRST, took);
        } else if (call == TENTH_CALL) {
          measured.put(TENTH, took);
        }
      }
      measured.put(PRIMING, priming);
      return measured;
    }
  }
}
