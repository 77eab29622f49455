package io.riffhook.bench.cost;

import io.riffhook.bench.cost.CountedMachine.Count;
import io.riffhook.bench.cost.CountedMachine.Invocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the jobs of a count cost, all but storage; and the part of it that is spent because songs
 * are not ready yet: their checks, and what their callbacks tell before the last.
 */
final class Bill {
  private static final String API = "ApiFunction";
  private static final String SUBMIT = "SubmitFunction";
  private static final String CALLBACK = "CallbackFunction";
  private static final String CHECK = "CheckFunction";
  private static final String DOWNLOAD = "DownloadFunction";
  private static final String CHECKS = "riffhook-check-queue";
  private static final String DOWNLOADS = "riffhook-download-queue";
  private static final double MEGABYTE = 1e6;
  private static final double GIGABYTE = 1024;
  private static final int AUTHORIZER_MEMORY = 1024;

  private final Count count;
  private final List<WireRequest> requests;
  private final Map<String, List<Invocation>> invocations;

  /**
   * Some of a price.
   *
   * @param count per job
   */
  record Line(Price price, double count) {
    double dollars() {
      return price.of(count);
    }
  }

  Bill(Count count) {
    this.count = count;
    // What a caller reads while it waits is its own affair: a webhook would tell it.
    this.requests =
        count.requests().stream()
            .filter(each -> !each.isEmptyPoll() && !each.source().equals(API))
            // The host looks into the bucket for dropped files; S3 tells of them for nothing.
            .filter(
                each ->
                    !each.source().equals(WireRequest.HOST)
                        || !each.service().equals(WireRequest.S3))
            .toList();
    this.invocations =
        count.invocations().stream()
            .filter(each -> !each.function().equals(API))
            .collect(Collectors.groupingBy(Invocation::function));
  }

  /** All but storage, per job. */
  List<Line> all() {
    return lines(_ -> true, function -> times(function), count.calls() + callbacks(), true);
  }

  /** What is spent because a song is not ready yet, per job. */
  List<Line> waiting() {
    return lines(
        this::waits,
        function ->
            function.equals(CHECK)
                ? times(CHECK)
                : function.equals(CALLBACK) ? earlyCallbacks() : 0,
        earlyCallbacks(),
        false);
  }

  static double dollars(List<Line> lines) {
    return lines.stream().mapToDouble(Line::dollars).sum();
  }

  /** For a thousand songs what is known for a job. */
  double perThousandSongs(List<Line> lines) {
    return dollars(lines) * 1000 / songsPerJob();
  }

  double songsPerJob() {
    return (double) count.songs() / count.jobs();
  }

  /** How often each kind of request was made, per job. */
  SortedMap<String, Double> kinds() {
    return requests.stream()
        .collect(
            Collectors.groupingBy(
                WireRequest::title,
                TreeMap::new,
                Collectors.summingDouble(_ -> 1.0 / count.jobs())));
  }

  /** Units of DynamoDB and the like by kind of request, for whoever looks for what is dear. */
  SortedMap<String, Double> writeUnits() {
    return requests.stream()
        .filter(each -> each.writeUnits() > 0)
        .collect(
            Collectors.groupingBy(
                WireRequest::title,
                TreeMap::new,
                Collectors.summingDouble(each -> each.writeUnits() / count.jobs())));
  }

  /** Requests to a service, per job. */
  double requestsTo(String service) {
    return (double) requests.stream().filter(each -> each.service().equals(service)).count()
        / count.jobs();
  }

  /** Messages that are billed as more than one request. */
  long largeMessages() {
    return requests.stream().filter(each -> each.chunks() > 1).count();
  }

  /** Milliseconds of a warm invocation here, by function: the median. */
  SortedMap<String, Double> milliseconds() {
    SortedMap<String, Double> all = new TreeMap<>();
    invocations.forEach((name, each) -> all.put(name, median(each).toNanos() / 1e6));
    return all;
  }

  /** Invocations per job. */
  double invocationsPerJob() {
    return invocations.values().stream().mapToInt(List::size).sum() / (double) count.jobs();
  }

  private double times(String function) {
    return invocations.getOrDefault(function, List.of()).size();
  }

  private double callbacks() {
    return times(CALLBACK);
  }

  /** A last callback sends a message to the download queue. */
  private double earlyCallbacks() {
    return callbacks()
        - requests.stream()
            .filter(each -> each.source().equals(CALLBACK) && each.isOf(DOWNLOADS))
            .count();
  }

  private boolean waits(WireRequest request) {
    return request.isOf(CHECKS)
        || request.source().equals(CHECK)
        || (request.source().equals(CALLBACK) && request.what().contains("progress"));
  }

  private interface Times {
    double of(String function);
  }

  private List<Line> lines(
      Predicate<WireRequest> of, Times times, double calls, boolean everything) {
    List<WireRequest> mine = requests.stream().filter(of).toList();
    double gigabyteSeconds = 0;
    double starts = 0;
    for (Map.Entry<String, List<Invocation>> each : invocations.entrySet()) {
      double number = times.of(each.getKey());
      starts += number;
      gigabyteSeconds += number * gigabyteSeconds(each.getKey(), each.getValue());
    }
    double bytes = starts * Assumptions.PLATFORM_LOG + calls * Assumptions.ACCESS_LOG;
    for (Map.Entry<String, Long> each : count.logged().entrySet()) {
      // Callbacks before the last log nothing.
      if (everything ? !each.getKey().equals(API) : each.getKey().equals(CHECK)) {
        bytes += each.getValue();
      }
    }
    List<Line> lines = new ArrayList<>();
    if (everything) {
      // On this machine no call has a key. The gateway remembers a key for a minute.
      starts += count.calls();
      gigabyteSeconds +=
          count.calls()
              * AUTHORIZER_MEMORY
              / GIGABYTE
              * (Assumptions.seconds(Duration.ofMillis(5), AUTHORIZER_MEMORY)
                  + seconds(Assumptions.DYNAMODB)
                  + cold());
      bytes += count.calls() * (double) Assumptions.PLATFORM_LOG;
      add(lines, Price.EVENT, count.events());
      add(lines, Price.PIPE_REQUEST, count.events());
    }
    add(lines, Price.LAMBDA_REQUEST, starts);
    add(lines, Price.LAMBDA_GB_SECOND, gigabyteSeconds);
    add(lines, Price.DYNAMODB_WRITE_UNIT, mine.stream().mapToDouble(WireRequest::writeUnits).sum());
    add(
        lines,
        Price.DYNAMODB_READ_UNIT,
        mine.stream().mapToDouble(WireRequest::readUnits).sum() + (everything ? count.calls() : 0));
    add(
        lines,
        Price.SQS_REQUEST,
        mine.stream()
            .filter(each -> each.service().equals(WireRequest.SQS))
            .mapToInt(WireRequest::chunks)
            .sum());
    add(lines, Price.S3_PUT, s3(mine, true));
    add(lines, Price.S3_GET, s3(mine, false));
    add(lines, Price.HTTP_API_REQUEST, calls);
    add(lines, Price.LOG_MEGABYTE, bytes / MEGABYTE);
    return lines.stream().filter(each -> each.count() > 0).toList();
  }

  private void add(List<Line> lines, Price price, double number) {
    lines.add(new Line(price, number / count.jobs()));
  }

  private static double s3(List<WireRequest> requests, boolean puts) {
    return requests.stream()
        .filter(each -> each.service().equals(WireRequest.S3))
        .filter(each -> !each.operation().equals("Delete"))
        .filter(
            each ->
                puts
                    == !(each.operation().equals("GetObject")
                        || each.operation().equals("HeadObject")))
        .count();
  }

  /** Of one invocation, on the average. */
  private double gigabyteSeconds(String function, List<Invocation> all) {
    int memory = all.getFirst().memory();
    double each = Assumptions.seconds(median(all), memory);
    double others = 0;
    for (WireRequest request : requests) {
      if (request.source().equals(function)) {
        others +=
            switch (request.service()) {
              case WireRequest.DYNAMODB -> seconds(Assumptions.DYNAMODB);
              case WireRequest.SQS -> seconds(Assumptions.SQS);
              default -> seconds(Assumptions.S3);
            };
      }
    }
    if (function.equals(SUBMIT)) {
      others += seconds(Assumptions.CREATE) * count.calls();
    }
    if (function.equals(DOWNLOAD)) {
      long songs = stored("song.") - stored("song.json");
      long covers = stored("cover.");
      others += seconds(Assumptions.FIRST_BYTE) * (songs + covers);
      others += seconds(Assumptions.AUDIO) * songs;
      others += seconds(Assumptions.READ) * Math.max(0, all.size() - songs - covers);
    }
    return memory / GIGABYTE * (each + others / all.size() + cold());
  }

  private long stored(String prefix) {
    return requests.stream()
        .filter(each -> each.source().equals(DOWNLOAD) && each.service().equals(WireRequest.S3))
        .filter(each -> each.what().startsWith(prefix))
        .count();
  }

  private static double cold() {
    return Assumptions.COLD * seconds(Assumptions.COLD_START);
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  private static Duration median(List<Invocation> all) {
    return all.stream()
        .map(Invocation::took)
        .sorted()
        .skip(all.size() / 2)
        .findFirst()
        .orElseThrow();
  }
}
