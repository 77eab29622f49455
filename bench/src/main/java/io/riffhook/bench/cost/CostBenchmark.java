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
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a thousand songs cost on AWS. */
public final class CostBenchmark implements Benchmark {
  private static final Metric DOLLARS = Metric.lower("1,000 songs", "$");
  private static final String OURS = "Riffhook";
  private static final double WAITING = 0.006;
  private static final double ALL_BUT_STORAGE = 0.16;

  /** A song of a minute is there before its first check, three minutes after its submission. */
  private static final Scene MINUTE = new Scene(Duration.ofSeconds(1), 2, 0.05);

  /** A song of three minutes: the first check finds it in the making, and asks the provider. */
  private static final Scene THREE_MINUTES = new Scene(Duration.ofSeconds(5), 2, 0.02);

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
    int jobs = bench.quick() ? 3 : 20;
    int rounds = bench.roundsOr(3);
    List<Series> series = new ArrayList<>();
    List<Bill> minute = new ArrayList<>();
    series.addAll(waiting(bench, "waiting for a song of 60 s", 60, MINUTE, jobs, rounds, minute));
    List<Bill> longer = new ArrayList<>();
    series.addAll(
        waiting(bench, "waiting for a song of 180 s", 180, THREE_MINUTES, jobs, rounds, longer));
    Bill last = minute.getLast();
    series.add(
        new Series(
            "all but storage",
            OURS,
            Contender.Role.SUBJECT,
            DOLLARS,
            minute.stream()
                .skip(minute.size() - (long) rounds)
                .map(bill -> bill.perThousandSongs(bill.all()))
                .toList()));
    return new Findings(
        series,
        List.of(
            Verdict.atMost(
                "waiting, 1,000 songs of 60 s: under $0.006",
                Findings.median(series, "waiting for a song of 60 s", OURS, DOLLARS),
                "$",
                WAITING),
            Verdict.atMost(
                "all but storage, 1,000 songs: under $0.16",
                Findings.median(series, "all but storage", OURS, DOLLARS),
                "$",
                ALL_BUT_STORAGE)),
        Map.of(),
        facts(last),
        Assumptions.words());
  }

  private static List<Series> waiting(
      Bench bench, String group, int seconds, Scene scene, int jobs, int rounds, List<Bill> bills)
      throws Exception {
    try (CountedMachine machine = CountedMachine.start(bench.root(), scene)) {
      machine.run(jobs); // warm
      List<Contender> contenders = new ArrayList<>();
      contenders.add(
          Contender.subject(
              OURS,
              () -> {
                Bill bill = new Bill(machine.run(jobs));
                bills.add(bill);
                return Map.of(DOLLARS, bill.perThousandSongs(bill.waiting()));
              }));
      Polling.designs(Duration.ofSeconds(seconds))
          .forEach(
              (name, dollars) ->
                  contenders.add(
                      Contender.peer(name, () -> Map.of(DOLLARS, dollars * 1000 / 2))));
      return bench.rounds().run(group, contenders, 0, rounds);
    }
  }

  private static List<Findings.Fact> facts(Bill bill) {
    List<Findings.Fact> facts = new ArrayList<>();
    facts.add(new Findings.Fact("songs of a job", Numbers.of(bill.songsPerJob())));
    facts.add(
        new Findings.Fact(
            "requests of a job",
            "DynamoDB %s, SQS %s, S3 %s; invocations %s"
                .formatted(
                    Numbers.of(bill.requestsTo(WireRequest.DYNAMODB)),
                    Numbers.of(bill.requestsTo(WireRequest.SQS)),
                    Numbers.of(bill.requestsTo(WireRequest.S3)),
                    Numbers.of(bill.invocationsPerJob()))));
    for (Bill.Line line : bill.all()) {
      facts.add(fact("a job, all but storage: ", line));
    }
    facts.add(
        new Findings.Fact(
            "a job, all but storage", "$%.7f".formatted(Bill.dollars(bill.all()))));
    for (Bill.Line line : bill.waiting()) {
      facts.add(fact("a job, waiting: ", line));
    }
    facts.add(
        new Findings.Fact("a job, waiting", "$%.7f".formatted(Bill.dollars(bill.waiting()))));
    bill.kinds()
        .forEach(
            (kind, times) ->
                facts.add(
                    new Findings.Fact(
                        kind,
                        Numbers.of(times)
                            + (bill.writeUnits().containsKey(kind)
                                ? ", write units " + Numbers.of(bill.writeUnits().get(kind))
                                : ""))));
    bill.milliseconds()
        .forEach(
            (function, time) ->
                facts.add(
                    new Findings.Fact(function + ", warm, here", Numbers.of(time) + " ms")));
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
