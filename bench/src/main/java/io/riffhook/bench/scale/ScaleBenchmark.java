package io.riffhook.bench.scale;

import io.riffhook.bench.Bench;
import io.riffhook.bench.Benchmark;
import io.riffhook.bench.Contender;
import io.riffhook.bench.Findings;
import io.riffhook.bench.Metric;
import io.riffhook.bench.Series;
import io.riffhook.bench.Verdict;
import io.riffhook.simulator.Simulator;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;

/** Calls of the API with more and more jobs stored. */
public final class ScaleBenchmark implements Benchmark {
  private static final Metric MEDIAN = Metric.lower("median", "ms");
  private static final double WORSE = 1.2;
  private static final int FEW = 1_000;
  private static final int SOME = 100_000;
  private static final int MANY = 2_000_000;
  private static final int CALLS = 40;

  @Override
  public String name() {
    return "scale";
  }

  @Override
  public String title() {
    return "calls with a thousand, a hundred thousand and two million jobs stored";
  }

  @Override
  public String method() {
    return """
    Three Riffhooks on this machine, each with a database of its own (DynamoDB Local, in a file) that holds so many jobs.
    Half of them are of the one owner who calls, the rest of a thousand others; they are copies of a job that was made
    through the API, written into the file of the database before it is opened. A round makes %d calls of one kind to
    each, in turn: a list of the 20 latest jobs with their songs, a job of any age, a new job. Each value is the median
    of a round. The same reads and a write by the SDK alone say what of it is the database's doing: DynamoDB on AWS
    promises the same time at any size, DynamoDB Local is SQLite. Now and then it fails a call on the largest file; that one is
    made again and not counted, and the run says so.
    """
        .formatted(CALLS);
  }

  private interface Call {
    void make(Storehouse house) throws Exception;
  }

  @Override
  public Findings run(Bench bench) throws Exception {
    SimulatorSettings settings = SimulatorSettings.defaults();
    Map<String, Storehouse> houses = new LinkedHashMap<>();
    List<Findings.Fact> facts = new ArrayList<>();
    try (Simulator quickly =
            Simulator.start(settings.generation(g -> g.withDuration(Duration.ofMillis(100))), 0);
        Simulator slowly =
            Simulator.start(
                settings
                    .generation(g -> g.withDuration(Duration.ofHours(1)))
                    .callbacks(c -> c.withProgressPosts(0)),
                0)) {
      for (int jobs : bench.quick() ? List.of(FEW, 10 * FEW) : List.of(FEW, SOME, MANY)) {
        Path data = bench.work().resolve("jobs-" + jobs);
        long begin = System.nanoTime();
        houses.put(words(jobs), Storehouse.with(jobs, bench.root(), data, quickly, slowly));
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        bench.progress().say("%s stored in %d s".formatted(words(jobs), took.toSeconds()));
        facts.add(new Findings.Fact(words(jobs) + ", stored in", took.toSeconds() + " s, once"));
      }
      return measured(bench, houses, facts);
    } finally {
      houses.values().forEach(Storehouse::close);
    }
  }

  private static Findings measured(
      Bench bench, Map<String, Storehouse> houses, List<Findings.Fact> facts) throws Exception {
    List<Series> series = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put("GET /v1/jobs", Storehouse::list);
    calls.put("GET /v1/jobs/{id}", Storehouse::get);
    calls.put("POST /v1/jobs", Storehouse::submit);
    for (Map.Entry<String, Call> call : calls.entrySet()) {
      List<Series> of = run(bench, call.getKey(), Contender.Role.SUBJECT, houses, call.getValue());
      series.addAll(of);
      for (int larger = 1; larger < of.size(); larger++) {
        verdicts.add(
            Verdict.atMost(
                "%s, %s: at most 1.2 × %s"
                    .formatted(
                        call.getKey(), of.get(larger).contender(), of.getFirst().contender()),
                of.get(larger).median() / of.getFirst().median(),
                "×",
                WORSE));
      }
    }
    Map<String, Call> raw = new LinkedHashMap<>();
    raw.put("by the SDK alone: Query of the index", house -> house.rawQuery());
    raw.put("by the SDK alone: GetItem", house -> house.rawGet());
    raw.put("by the SDK alone: PutItem", house -> house.rawPut());
    for (Map.Entry<String, Call> call : raw.entrySet()) {
      series.addAll(run(bench, call.getKey(), Contender.Role.REFERENCE, houses, call.getValue()));
    }
    return new Findings(series, verdicts, Map.of(), facts, List.of());
  }

  private static List<Series> run(
      Bench bench, String group, Contender.Role role, Map<String, Storehouse> houses, Call call)
      throws Exception {
    List<Contender> contenders = new ArrayList<>();
    houses.forEach(
        (name, house) ->
            contenders.add(
                new Contender(name, role, () -> Map.of(MEDIAN, median(bench, house, call)))));
    return bench.rounds().run(group, contenders, 2, bench.roundsOr(5));
  }

  private static double median(Bench bench, Storehouse house, Call call) throws Exception {
    List<Double> times = new ArrayList<>();
    while (times.size() < CALLS) {
      long begin = System.nanoTime();
      try {
        call.make(house);
        times.add((System.nanoTime() - begin) / 1e6);
      } catch (Storehouse.BusyException | InternalServerErrorException e) {
        bench.progress().say("%s, and is waited for".formatted(e.getMessage()));
        house.awaitAnswers();
      }
    }
    times.sort(Double::compare);
    return times.get(CALLS / 2);
  }

  private static String words(int jobs) {
    return "%,d jobs".formatted(jobs);
  }
}
