package io.riffhook.bench.cost;

import io.riffhook.bench.Bench;
import io.riffhook.bench.Benchmark;
import io.riffhook.bench.Contender;
import io.riffhook.bench.Findings;
import io.riffhook.bench.Metric;
import io.riffhook.bench.Numbers;
import io.riffhook.bench.Series;
import io.riffhook.bench.Verdict;
import io.riffhook.bench.cost.CountedMachine.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What a thousand songs cost on AWS. */
public final class CostBenchmark implements Benchmark {
  private static final Metric DOLLARS = Metric.lower("1,000 songs", "$");

  /** A peer's job, too, makes two songs. */
  private static final double SONGS_OF_A_PEER = 2;

  private static final double WAITING = 0.006;
  private static final double ALL_BUT_STORAGE = 0.16;

  private static final String MP3 = ", \"formats\": [\"mp3\"]";

  /** Whatever a provider gives: mureka MP3, useapi MP3, WAV and M4A. */
  private static final String ITS_OWN = "";

  /** Two callbacks of progress must be a second apart, or only one is written. */
  private static final Duration GENERATION = Duration.ofMillis(3_200);

  /** A song of a minute is there before its first check, three minutes after its submission. */
  private static final double CHECKED_AFTERWARDS = 0.05;

  /** A song of three minutes: the first check finds it in the making, and asks the provider. */
  private static final double CHECKED_ONCE_BEFORE = 0.015;

  private static final String TWO_SONGS = "Riffhook, a job of two songs";
  private static final String ONE_SONG = "Riffhook, a job of one song";
  private static final String ONE_CALLBACK = "Riffhook, one song, no callback but the last";
  private static final Set<String> DETAILED = Set.of(TWO_SONGS, ONE_SONG);
  private static final String ALL_FORMATS = "Riffhook, one song as MP3, WAV and M4A";

  @Override
  public String name() {
    return "cost";
  }

  @Override
  public String title() {
    return "what a thousand songs cost on AWS";
  }

  @Override
  public String method() {
    return """
    The functions run in one process against the embedded services, one job after the other. Between each function and
    the services stands a proxy that counts every request on the wire and has DynamoDB say which units it took, the
    index's too; the host's receives and deletes count as Lambda's pollers' and the pipe's. Counts times public prices
    (%s, %s) make a bill. A job is one POST for one prompt, two songs with MP3, cover, lyrics and timings, two callbacks
    of progress and a last one. *Waiting* is what is spent because a song is not ready: check messages with their
    invocations, and callbacks before the last. The peers are calculated by the same prices: a poll of the provider each
    10 s by a function of 512 MB, nothing else of theirs is counted. [cost.md](cost.md) has the formulas.
    """
        .formatted(Price.REGION, Price.AS_OF);
  }

  @Override
  public Findings run(Bench bench) throws Exception {
    int jobs = bench.quick() ? 2 : 4;
    int rounds = bench.roundsOr(3);
    Map<String, Scene> minute = new LinkedHashMap<>();
    minute.put(TWO_SONGS, scene("mureka", ITS_OWN, 2, CHECKED_AFTERWARDS));
    minute.put(ONE_SONG, scene("useapi", MP3, 2, CHECKED_AFTERWARDS));
    minute.put(ONE_CALLBACK, scene("useapi", MP3, 0, CHECKED_AFTERWARDS));
    minute.put(ALL_FORMATS, scene("useapi", ITS_OWN, 2, CHECKED_AFTERWARDS));
    Map<String, List<Bill>> bills = bills(bench, minute, jobs, rounds);
    Map<String, List<Bill>> longer =
        bills(
            bench,
            Map.of(TWO_SONGS, scene("mureka", ITS_OWN, 2, CHECKED_ONCE_BEFORE)),
            jobs,
            rounds);
    List<Series> series = new ArrayList<>();
    series.addAll(waiting("waiting for a song of 60 s", 60, bills));
    series.addAll(waiting("waiting for a song of 180 s", 180, longer));
    bills.forEach((name, each) -> series.add(series("all but storage", name, each, Bill::all)));
    return new Findings(
        series,
        List.of(
            Verdict.atMost(
                "waiting for 1,000 songs of 60 s, two of a job: under $0.006",
                Findings.median(series, "waiting for a song of 60 s", TWO_SONGS, DOLLARS),
                "$",
                WAITING),
            Verdict.atMost(
                "all but storage of 1,000 songs, two of a job: under $0.16",
                Findings.median(series, "all but storage", TWO_SONGS, DOLLARS),
                "$",
                ALL_BUT_STORAGE)),
        Map.of(),
        facts(bills),
        Assumptions.words());
  }

  private static Scene scene(String provider, String fields, int progress, double timeScale) {
    return new Scene(provider, fields, GENERATION, progress, timeScale);
  }

  /** Runs the scenes in turn, each on a machine of its own, and bills them. */
  private static Map<String, List<Bill>> bills(
      Bench bench, Map<String, Scene> scenes, int jobs, int rounds) throws Exception {
    Map<String, List<Bill>> bills = new LinkedHashMap<>();
    for (Map.Entry<String, Scene> scene : scenes.entrySet()) {
      try (CountedMachine machine = CountedMachine.start(bench.root(), scene.getValue())) {
        machine.run(jobs); // warm
        for (int round = 1; round <= rounds; round++) {
          Bill bill = new Bill(machine.run(jobs));
          bench
              .progress()
              .say(
                  "%s · round %d of %d: waiting $%s, all but storage $%s per 1,000 songs"
                      .formatted(
                          scene.getKey(),
                          round,
                          rounds,
                          Numbers.of(bill.perThousandSongs(bill.waiting())),
                          Numbers.of(bill.perThousandSongs(bill.all()))));
          bills.computeIfAbsent(scene.getKey(), _ -> new ArrayList<>()).add(bill);
        }
      }
    }
    return bills;
  }

  private static List<Series> waiting(String group, int seconds, Map<String, List<Bill>> bills) {
    List<Series> series = new ArrayList<>();
    bills.forEach(
        (name, each) -> {
          if (!name.equals(ALL_FORMATS)) { // which changes nothing about the waiting
            series.add(series(group, name, each, Bill::waiting));
          }
        });
    Polling.designs(Duration.ofSeconds(seconds))
        .forEach(
            (name, dollars) ->
                series.add(
                    new Series(
                        group,
                        name,
                        Contender.Role.PEER,
                        DOLLARS,
                        List.of(dollars * 1000 / SONGS_OF_A_PEER))));
    return series;
  }

  private static Series series(
      String group, String name, List<Bill> bills, Function<Bill, List<Bill.Line>> lines) {
    return new Series(
        group,
        name,
        Contender.Role.SUBJECT,
        DOLLARS,
        bills.stream().map(bill -> bill.perThousandSongs(lines.apply(bill))).toList());
  }

  private static List<Findings.Fact> facts(Map<String, List<Bill>> bills) {
    List<Findings.Fact> facts = new ArrayList<>();
    bills.forEach(
        (name, each) -> {
          if (DETAILED.contains(name)) {
            facts.addAll(facts(name, each.getLast()));
          }
        });
    Arrays.stream(Price.values())
        .forEach(
            price ->
                facts.add(
                    new Findings.Fact(
                        "price of %s".formatted(words(price)),
                        "$%s a million, %s"
                            .formatted(Numbers.of(price.perMillion()), price.source()))));
    return facts;
  }

  private static List<Findings.Fact> facts(String name, Bill bill) {
    List<Findings.Fact> facts = new ArrayList<>();
    facts.add(new Findings.Fact(name + ": songs", Numbers.of(bill.songsPerJob())));
    facts.add(
        new Findings.Fact(
            name + ": requests",
            "DynamoDB %s, SQS %s, S3 %s; invocations %s; messages over 64 kB %d"
                .formatted(
                    Numbers.of(bill.requestsTo(WireRequest.DYNAMODB)),
                    Numbers.of(bill.requestsTo(WireRequest.SQS)),
                    Numbers.of(bill.requestsTo(WireRequest.S3)),
                    Numbers.of(bill.invocationsPerJob()),
                    bill.largeMessages())));
    bill.all().forEach(line -> facts.add(fact(name + ", all: ", line)));
    facts.add(new Findings.Fact(name + ", all", "$%.7f a job".formatted(Bill.dollars(bill.all()))));
    bill.waiting().forEach(line -> facts.add(fact(name + ", waiting: ", line)));
    facts.add(
        new Findings.Fact(
            name + ", waiting", "$%.7f a job".formatted(Bill.dollars(bill.waiting()))));
    bill.kinds()
        .forEach(
            (kind, times) ->
                facts.add(
                    new Findings.Fact(
                        name + ", " + kind,
                        Numbers.of(times)
                            + (bill.writeUnits().containsKey(kind)
                                ? ", write units " + Numbers.of(bill.writeUnits().get(kind))
                                : ""))));
    bill.milliseconds()
        .forEach(
            (function, time) ->
                facts.add(
                    new Findings.Fact(
                        "%s, %s, warm, here".formatted(name, function), Numbers.of(time) + " ms")));
    return facts;
  }

  private static Findings.Fact fact(String what, Bill.Line line) {
    return new Findings.Fact(
        what + words(line.price()),
        "%s, $%.7f".formatted(Numbers.of(line.count()), line.dollars()));
  }

  private static String words(Price price) {
    String name = price.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return price.what().isEmpty() ? name : name + " (" + price.what() + ")";
  }
}
