package io.riffhook.processes;

import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.Job;
import io.riffhook.domain.Status;
import io.riffhook.local.LocalMachine;
import io.riffhook.local.LocalOptions;
import io.riffhook.simulator.Simulator;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Load on one machine, with the functions in its own process. First, jobs that are submitted at
 * once, and whose provider calls back. Then as many again, whose callbacks all come at once, at
 * many times the rate that was normal before, and each twice.
 */
final class LoadRun {
  private static final String SECRET = "a-callback-secret-of-the-load";

  /** A callback of progress at a third and at two thirds, and the last. */
  private static final int CALLBACKS = 3;

  private final LoadOptions options;
  private final Semaphore ended = new Semaphore(0);

  LoadRun(LoadOptions options) {
    this.options = options;
  }

  /**
   * Jobs that were submitted at once.
   *
   * @param calls how long the calls took
   * @param accepting until the last was accepted
   * @param took until the last had ended
   * @param answers to the callers, by status
   */
  record Batch(
      Judge.Verdict verdict,
      Percentiles calls,
      Duration accepting,
      Duration took,
      Map<String, Integer> answers) {}

  /**
   * What came of it.
   *
   * @param normalRate callbacks a second in the first part
   * @param journal what must not be, of statuses and purchases
   */
  record Result(
      LoadOptions options,
      Batch atOnce,
      double normalRate,
      Batch stormed,
      CallbackStorm.Result storm,
      List<String> journal) {

    List<String> violations() {
      List<String> all = new ArrayList<>(journal);
      for (Batch batch : List.of(atOnce, stormed)) {
        all.addAll(batch.verdict().violations());
        int ready = batch.verdict().statuses().getOrDefault(Status.READY, 0);
        if (ready != options.jobs()) {
          all.add("%d of %d jobs are READY".formatted(ready, options.jobs()));
        }
        batch
            .answers()
            .forEach(
                (status, count) -> {
                  if (!status.startsWith("2")) {
                    all.add("%d calls were answered %s".formatted(count, status));
                  }
                });
      }
      if (storm.failures() > 0) {
        all.add("callbacks were answered " + storm.answers());
      }
      return all;
    }
  }

  Result run() throws Exception {
    SimulatorSettings settings =
        SimulatorSettings.defaults()
            .generation(g -> g.withDuration(options.generation()).withAudioSeconds(4))
            .callbacks(c -> c.withProgressPosts(CALLBACKS - 1));
    try (Simulator simulator = Simulator.start(settings, 0);
        LocalMachine machine = LocalMachine.start(local(simulator))) {
      return run(simulator, machine);
    }
  }

  private LocalOptions local(Simulator simulator) {
    return LocalOptions.inMemory(options.root().resolve("template.yaml"))
        .withEnvironment(
            Map.of(
                "USEAPI_BASE_URL",
                simulator.baseUrl(),
                "USEAPI_TOKEN",
                simulator.token(),
                "RIFFHOOK_PROVIDERS",
                "useapi",
                "RIFFHOOK_CALLBACK_SECRETS",
                SECRET));
  }

  private Result run(Simulator simulator, LocalMachine machine) throws Exception {
    Map<String, String> environment = machine.environment("CheckFunction");
    Purchases purchases = new Purchases(simulator);
    StatusJournal journal = StatusJournal.start(environment, _ -> ended.release());
    try (Storage storage = new Storage(environment);
        journal;
        purchases) {
      purchases.start();
      Submitted first = submit(new Caller(machine.apiUrl()), "first");
      awaitEnded(options.jobs(), journal);
      Batch atOnce = first.judged(storage, purchases);
      double normalRate = first.rate(storage);

      simulator.settings(simulator.settings().callbacks(c -> c.withNever(true)));
      Submitted second = submit(new Caller(machine.apiUrl()), "second");
      List<Job> taken =
          second.accepted().stream()
              .flatMap(call -> storage.job(call.id()).stream())
              .filter(job -> !job.providerJobs().isEmpty())
              .toList();
      CallbackStorm storm =
          new CallbackStorm(
              new Caller(machine.apiUrl()),
              machine.apiUrl(),
              new CallbackTokens(List.of(SECRET)),
              new Random(options.seed()));
      CallbackStorm.Result stormed = storm.send(taken, normalRate * options.times());
      awaitEnded(2 * options.jobs(), journal);
      return new Result(
          options,
          atOnce,
          normalRate,
          second.judged(storage, purchases),
          stormed,
          Stream.concat(
                  journal.violations().stream(),
                  purchases
                      .unclaimed(
                          Stream.concat(first.accepted().stream(), second.accepted().stream())
                              .map(Caller.Accepted::id)
                              .toList())
                      .stream())
              .toList());
    }
  }

  /** Jobs that were submitted, and by when. */
  private record Submitted(
      Instant start,
      List<Caller.Accepted> accepted,
      List<String> refused,
      List<Duration> calls,
      Duration accepting,
      Map<String, Integer> answers) {

    /**
     * Callbacks a second until nine of ten jobs had ended: a straggler must not make the rate look
     * small.
     */
    private double rate(Storage storage) {
      List<Instant> ends =
          accepted.stream()
              .flatMap(call -> storage.job(call.id()).stream())
              .map(Job::updatedAt)
              .sorted()
              .limit(accepted.size() * 9L / 10)
              .toList();
      return CALLBACKS
          * ends.size()
          / (Duration.between(start, ends.getLast()).toMillis() / 1000.0);
    }

    private Batch judged(Storage storage, Purchases purchases) throws IOException {
      Duration took =
          accepted.stream()
              .flatMap(call -> storage.job(call.id()).stream())
              .map(Job::updatedAt)
              .max(Instant::compareTo)
              .map(last -> Duration.between(start, last))
              .orElse(Duration.ZERO);
      return new Batch(
          new Judge(storage, purchases, List.of()).judge(accepted, refused),
          Percentiles.of(calls),
          accepting,
          took,
          answers);
    }
  }

  private Submitted submit(Caller caller, String part) throws InterruptedException {
    Queue<Caller.Accepted> accepted = new ConcurrentLinkedQueue<>();
    Queue<String> refused = new ConcurrentLinkedQueue<>();
    Queue<Duration> calls = new ConcurrentLinkedQueue<>();
    Semaphore connections = new Semaphore(options.connections());
    Instant start = Instant.now();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < options.jobs(); number++) {
        String key = "load-%d-%s-%06d".formatted(options.seed(), part, number);
        connections.acquire();
        threads.execute(
            () -> {
              long begin = System.nanoTime();
              call(caller, key).ifPresentOrElse(accepted::add, () -> refused.add(key));
              calls.add(Duration.ofNanos(System.nanoTime() - begin));
              connections.release();
            });
      }
    }
    return new Submitted(
        start,
        List.copyOf(accepted),
        refused.stream().map(key -> key + " was not accepted").toList(),
        List.copyOf(calls),
        Duration.between(start, Instant.now()),
        caller.answers());
  }

  private static Optional<Caller.Accepted> call(Caller caller, String key) {
    try {
      return Optional.of(caller.submit(Caller.body("a calm piano", key, "mp3"), key));
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Waits until so many jobs have ended, or nothing ends any more. */
  private void awaitEnded(int count, StatusJournal journal) throws InterruptedException {
    while (journal.latest().values().stream().filter(Status::isTerminal).count() < count) {
      if (!ended.tryAcquire(options.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }
}
