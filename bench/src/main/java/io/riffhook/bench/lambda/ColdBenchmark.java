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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** How long it takes from the start of a process to its first answer. */
public final class ColdBenchmark implements Benchmark {
  private static final Metric COLD = Metric.lower("first answer", "ms");
  private static final Metric INIT = Metric.lower("init", "ms");
  private static final Metric CPU = Metric.lower("CPU", "ms");
  private static final Metric RSS = Metric.lower("peak RSS", "MiB");
  private static final String GROUP = "process start to first answer, one core";
  private static final int ROUNDS = 5;
  private static final int MOST_RUNS = 3;

  private static final String HELLO = "hello, Java";
  private static final String HELLO_OBJECT = "hello, Java, event as a Map";
  private static final String CALLBACK = "callback";
  private static final String SUBMIT = "submit";
  private static final String CALLBACK_AOT = "callback, AOT cache";
  private static final String PYTHON = "Python, boto3";

  @Override
  public String name() {
    return "cold";
  }

  @Override
  public String title() {
    return "cold starts";
  }

  @Override
  public String method() {
    return """
    Each round starts each function's zip, unpacked as Lambda does it, in a process of its own under AWS's Java runtime
    interface client, and gives it one event that has it do its real job against embedded DynamoDB and SQS. Callback
    checks a token, makes one conditional write and sends one message. "First answer" is from the start of the process to
    its answer, "init" to its asking for the first event. The JVM has what Lambda starts Java 25 with on demand: the first
    compiler (C1) only. What is measured has one core to itself; the services run on the other. Peers: the least Java
    handler there can be, and the callback's job in Python and in Node (`bench/peers`) under runtimes of a few lines; the
    official ones cost some more. AOT caches (JEP 514) are made in the same run, by 50 events.
    """;
  }

  @Override
  public Findings run(Bench bench) throws Exception {
    try (Lab lab = new Lab(bench)) {
      Peers peers = new Peers(bench.root(), lab.environment("CallbackFunction"));
      List<Contender> contenders = contenders(lab, peers, bench.work());
      List<Series> series =
          bench.rounds().run(GROUP, contenders, bench.quick() ? 0 : 1, bench.roundsOr(ROUNDS));
      return new Findings(series, verdicts(series), peers.versions(), sizes(lab), peers.missing());
    }
  }

  private static List<Contender> contenders(Lab lab, Peers peers, Path work) throws Exception {
    Map<String, String> environment = lab.environment("CallbackFunction");
    FunctionCode hello =
        OneClass.pack(HelloHandler.class, lab.function("CallbackFunction"), work.resolve("hello"));
    FunctionCode object =
        OneClass.pack(
            HelloObjectHandler.class, lab.function("CallbackFunction"), work.resolve("object"));
    Callable<byte[]> callbacks = () -> lab.finalCallback(lab.submittedJob());
    List<Contender> contenders = new ArrayList<>();
    contenders.add(
        Contender.peer(HELLO, () -> cold(HELLO, java(lab, hello, environment, HELLO), callbacks)));
    contenders.add(
        Contender.reference(
            HELLO_OBJECT,
            () -> cold(HELLO_OBJECT, java(lab, object, environment, HELLO_OBJECT), callbacks)));
    contenders.add(subject(lab, CALLBACK, "CallbackFunction", callbacks));
    for (Peers.Peer peer : peers.find()) {
      contenders.add(
          Contender.peer(
              peer.name(),
              () -> cold(peer.name(), () -> peer.start(lab.log(peer.name())), callbacks)));
    }
    FunctionCode trained =
        Training.train(lab.code("CallbackFunction"), environment, lab.log("training"), callbacks);
    contenders.add(
        Contender.subject(
            CALLBACK_AOT,
            () -> cold(CALLBACK_AOT, java(lab, trained, environment, CALLBACK_AOT), callbacks)));
    contenders.add(subject(lab, SUBMIT, "SubmitFunction", lab::submission));
    contenders.add(subject(lab, "api", "ApiFunction", () -> lab.read(lab.submittedJob())));
    contenders.add(subject(lab, "authorizer", "AuthorizerFunction", lab::authorization));
    contenders.add(queue(lab, "download", "DownloadFunction", "download-collect-queue.json"));
    contenders.add(queue(lab, "check", "CheckFunction", "check-queue.json"));
    contenders.add(queue(lab, "notify", "NotifyFunction", "notify-announce-queue.json"));
    contenders.add(subject(lab, "batch", "BatchFunction", lab::batches));
    return contenders;
  }

  private static Contender queue(Lab lab, String name, String function, String sample) {
    return subject(
        lab,
        name,
        function,
        () -> {
          JobId job = lab.submittedJob();
          return lab.message(sample, job);
        });
  }

  private static Contender subject(Lab lab, String name, String function, Callable<byte[]> events) {
    return Contender.subject(
        name,
        () -> cold(name, java(lab, lab.code(function), lab.environment(function), name), events));
  }

  private static Callable<Stage> java(
      Lab lab, FunctionCode code, Map<String, String> environment, String name) {
    return () -> JavaStage.start(code, environment, lab.log(name), JavaStage.LAMBDA);
  }

  /**
   * Now and then a process has ended after its answer, before it can be asked what it used; why is
   * not known. Such a run is made again.
   */
  private static Map<Metric, Double> cold(
      String name, Callable<? extends Stage> start, Callable<byte[]> events) throws Exception {
    for (int run = 1; ; run++) {
      try {
        return once(name, start, events);
      } catch (ProcessUse.GoneException e) {
        if (run == MOST_RUNS) {
          throw e;
        }
      }
    }
  }

  private static Map<Metric, Double> once(
      String name, Callable<? extends Stage> start, Callable<byte[]> events) throws Exception {
    byte[] event = events.call();
    long before = System.nanoTime();
    try (Stage stage = start.call()) {
      stage.awaitReady();
      long ready = System.nanoTime();
      byte[] answer = stage.invoke(event);
      long answered = System.nanoTime();
      ProcessUse use = ProcessUse.of(stage.pid());
      Stage.check(name, answer);
      Map<Metric, Double> measured = new LinkedHashMap<>();
      measured.put(COLD, millis(answered - before));
      measured.put(INIT, millis(ready - before));
      measured.put(CPU, use.cpuMillis());
      measured.put(RSS, use.peakMiB());
      return measured;
    }
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }

  private static List<Verdict> verdicts(List<Series> series) {
    List<Verdict> verdicts = new ArrayList<>();
    double callback = cold(series, CALLBACK);
    verdicts.add(
        Verdict.atMost(
            "callback, C1: at most 2.5 × a hello-world Java stream handler",
            callback / cold(series, HELLO),
            "×",
            2.5));
    verdicts.add(
        Verdict.atMost(
            "callback, C1: at most 2.5 × one whose event the runtime reads",
            callback / cold(series, HELLO_OBJECT),
            "×",
            2.5));
    if (series.stream().anyMatch(each -> each.contender().equals(PYTHON))) {
      verdicts.add(
          Verdict.atMost(
              "callback with an AOT cache: at most 2.0 × Python",
              cold(series, CALLBACK_AOT) / cold(series, PYTHON),
              "×",
              2.0));
    }
    verdicts.add(
        Verdict.atMost(
            "submit: at most 1.3 × callback", cold(series, SUBMIT) / callback, "×", 1.3));
    return verdicts;
  }

  private static double cold(List<Series> series, String contender) {
    return Findings.median(series, GROUP, contender, COLD);
  }

  private static List<Findings.Fact> sizes(Lab lab) throws Exception {
    List<Findings.Fact> sizes = new ArrayList<>();
    for (String function : lab.functions()) {
      sizes.add(
          new Findings.Fact(
              "zip of " + function, "%.1f MB".formatted(lab.zipBytes(function) / 1e6)));
    }
    return sizes;
  }
}
