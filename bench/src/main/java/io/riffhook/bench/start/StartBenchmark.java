package io.riffhook.bench.start;

import io.riffhook.bench.Bench;
import io.riffhook.bench.Benchmark;
import io.riffhook.bench.Contender;
import io.riffhook.bench.Findings;
import io.riffhook.bench.Metric;
import io.riffhook.bench.Series;
import io.riffhook.bench.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long it takes from the command to an API that is healthy, and to a song's files. */
public final class StartBenchmark implements Benchmark {
  private static final Metric SECONDS = Metric.lower("time", "s");
  private static final double UP = 4;
  private static final double SONG = 8;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String title() {
    return "from the command to a healthy API, and to a song";
  }

  @Override
  public String method() {
    return """
    `./riffhook up` in a folder of its own, from the start of the process until `GET /v1/health` is answered 200 (which
    asks the table, the bucket and the queues); and `./riffhook song "…"`, from the start of the process until it has
    ended and the files are there, with a simulator that makes a song in one second. Both run the launcher script as a
    user does, with a new data folder each time, on two processors. What is built and prepared once (the first run says
    so) is there before. The least that a JVM takes, an empty `main` by the same launcher's JDK, is there to read the
    numbers by.
    """;
  }

  @Override
  public Findings run(Bench bench) throws Exception {
    Launcher launcher = new Launcher(bench.root(), bench.work());
    int rounds = bench.roundsOr(7);
    List<Series> series = new ArrayList<>();
    // The first run may build, and prepares the quick start.
    series.addAll(
        bench
            .rounds()
            .run(
                "until GET /v1/health is 200",
                List.of(
                    Contender.subject("riffhook up", () -> Map.of(SECONDS, launcher.up())),
                    Contender.reference("an empty JVM", () -> Map.of(SECONDS, launcher.empty()))),
                1,
                rounds));
    series.addAll(
        bench
            .rounds()
            .run(
                "until the files are there, 1 s of generation included",
                List.of(Contender.subject("riffhook song", () -> Map.of(SECONDS, launcher.song()))),
                1,
                rounds));
    return new Findings(
        series,
        List.of(
            Verdict.atMost(
                "riffhook up to a healthy API: at most 4 s",
                Findings.median(series, "until GET /v1/health is 200", "riffhook up", SECONDS),
                "s",
                UP),
            Verdict.atMost(
                "riffhook song to its files: at most 8 s",
                Findings.median(
                    series,
                    "until the files are there, 1 s of generation included",
                    "riffhook song",
                    SECONDS),
                "s",
                SONG)),
        Map.of(),
        List.of(
            new Findings.Fact(
                "LocalStack, start of its container, not measured here", Launcher.LOCALSTACK)),
        List.of());
  }
}
