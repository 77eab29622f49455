package io.riffhook.bench.ready;

import io.riffhook.aws.S3Clients;
import io.riffhook.bench.Bench;
import io.riffhook.bench.Benchmark;
import io.riffhook.bench.Contender;
import io.riffhook.bench.Findings;
import io.riffhook.bench.Metric;
import io.riffhook.bench.Series;
import io.riffhook.bench.Verdict;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** How soon jobs are READY after the provider's last callback. */
public final class ReadyBenchmark implements Benchmark {
  private static final String OURS = "Riffhook";
  private static final String COPY = "copy of the same bytes";
  private static final Metric P50 = Metric.lower("p50", "ms");
  private static final Metric P99 = Metric.lower("p99", "ms");

  /** As many files as the host fetches at a time. */
  private static final int PARALLEL = 8;

  private static final int WARM_UP = 50;

  private record Load(String group, int jobs, int rounds) {}

  private static final Load HUNDRED = new Load("100 jobs at once", 100, 3);
  private static final List<Load> LOADS =
      List.of(
          new Load("1 job", 1, 10),
          new Load("10 jobs at once", 10, 5),
          HUNDRED,
          new Load("1,000 jobs at once", 1_000, 1));

  @Override
  public String name() {
    return "ready";
  }

  @Override
  public String title() {
    return "from the last callback to READY";
  }

  @Override
  public String method() {
    return """
    The whole system runs on one machine, as `./riffhook up` has it: the functions, DynamoDB, SQS and S3 in one process, with
    the simulator as provider. Jobs are submitted, each of two songs. When the provider has taken all of them, its
    callbacks come at once, a hundred at a time. The time of each job is from just before its callback is sent until it is READY, by the
    time that is stored with that: the callback, the read of what the provider says, the songs' registration, each file
    fetched, verified and stored, and the documents beside them.

    The copy fetches the very same files from the simulator and puts them into the same S3 with the SDK, as many at a
    time as the host does, and nothing else: no queue, no database, no check. Its time for a job is until the job's last
    file is there.
    """;
  }

  @Override
  public Findings run(Bench bench) throws Exception {
    List<Series> series = new ArrayList<>();
    try (Songs songs = Songs.start(bench.root(), bench.work().resolve("data"));
        Copy copy = new Copy(songs.environment())) {
      bench.progress().say("warm-up");
      copy.run(songs.run(WARM_UP));
      for (Load load : bench.quick() ? LOADS.subList(0, 2) : LOADS) {
        series.addAll(measure(bench, load, songs, copy));
      }
    }
    return new Findings(
        series,
        bench.quick() ? List.of() : List.of(verdict(series)),
        Map.of(),
        List.of(),
        List.of());
  }

  private static List<Series> measure(Bench bench, Load load, Songs songs, Copy copy)
      throws Exception {
    List<Songs.Ready> last = new ArrayList<>();
    return bench
        .rounds()
        .run(
            load.group(),
            List.of(
                Contender.subject(
                    OURS,
                    () -> {
                      last.clear();
                      last.addAll(songs.run(load.jobs()));
                      return measured(last.stream().map(Songs.Ready::took).toList());
                    }),
                Contender.reference(COPY, () -> measured(copy.run(last)))),
            0,
            bench.roundsOr(load.rounds()));
  }

  private static Map<Metric, Double> measured(List<Duration> took) {
    Times times = new Times(took);
    Map<Metric, Double> measured = new LinkedHashMap<>();
    measured.put(P50, times.at(50));
    measured.put(P99, times.at(99));
    return measured;
  }

  private static Verdict verdict(List<Series> series) {
    return Verdict.atMost(
        "100 jobs at once: p99 at most 2 × the copy",
        Findings.median(series, HUNDRED.group(), OURS, P99)
            / Findings.median(series, HUNDRED.group(), COPY, P99),
        "×",
        2);
  }

  /** The least that has to be done. */
  private static final class Copy implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final S3Client s3;
    private final String bucket;

    private Copy(Map<String, String> environment) {
      s3 = new S3Clients(environment).client();
      bucket = environment.getOrDefault("RIFFHOOK_BUCKET", "");
    }

    /** Copies the files of some jobs, and gives each job's time. */
    private List<Duration> run(List<Songs.Ready> jobs) throws Exception {
      List<Duration> took = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(PARALLEL)) {
        long start = System.nanoTime();
        List<List<Future<Long>>> all = new ArrayList<>();
        for (Songs.Ready job : jobs) {
          all.add(job.files().stream().map(file -> threads.submit(() -> copy(file))).toList());
        }
        for (List<Future<Long>> job : all) {
          long last = start;
          for (Future<Long> file : job) {
            last = Math.max(last, file.get());
          }
          took.add(Duration.ofNanos(last - start));
        }
      }
      return took;
    }

    private long copy(URI file) throws IOException, InterruptedException {
      HttpResponse<byte[]> answer =
          http.send(HttpRequest.newBuilder(file).build(), HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IOException(file + " answered " + answer.statusCode());
      }
      s3.putObject(
          put -> put.bucket(bucket).key("copy/" + UUID.randomUUID()),
          RequestBody.fromBytes(answer.body()));
      return System.nanoTime();
    }

    @Override
    public void close() {
      http.close();
      s3.close();
    }
  }
}
