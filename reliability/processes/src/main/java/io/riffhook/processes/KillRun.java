package io.riffhook.processes;

import io.riffhook.domain.JobId;
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
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The system with its functions in processes that are killed while it works: jobs are submitted,
 * kills go on until the last of them was, and every job must end as it should.
 */
final class KillRun {
  private static final List<String> BUSY =
      List.of("SubmitFunction", "CallbackFunction", "DownloadFunction");

  /** A message whose process died comes back after this. */
  private static final Duration VISIBILITY = Duration.ofSeconds(5);

  private static final List<String> PROMPTS =
      List.of("a calm piano", "fast drums", "a slow waltz", "a song of the sea");

  private final KillOptions options;
  private final Semaphore free;

  /** Callers wait for each other, so that they don't outnumber the processes by far. */
  private final Semaphore lines = new Semaphore(6);

  private final Semaphore ended = new Semaphore(0);
  private final Queue<Caller.Accepted> accepted = new ConcurrentLinkedQueue<>();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();

  KillRun(KillOptions options) {
    this.options = options;
    this.free = new Semaphore(options.open());
  }

  /**
   * What came of it.
   *
   * @param accepted how many jobs were submitted and accepted
   * @param kills how many processes were killed, by function
   * @param lostRuns how many of them were at work, by function
   * @param journal what must not be, of the statuses
   */
  record Result(
      KillOptions options,
      int accepted,
      Judge.Verdict verdict,
      Map<String, Integer> kills,
      Map<String, Integer> lostRuns,
      Map<String, Integer> faults,
      Map<String, Integer> answers,
      Map<Integer, Integer> refusedCreates,
      int bought,
      List<String> journal,
      long statusChanges,
      Duration took) {

    List<String> violations() {
      List<String> all = new ArrayList<>(journal);
      all.addAll(verdict.violations());
      return all;
    }

    int killed() {
      return kills.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  Result run() throws Exception {
    Random random = new Random(options.seed());
    SimulatorSettings settings =
        SimulatorSettings.defaults()
            .generation(g -> g.withDuration(options.generation()).withAudioSeconds(4));
    try (Simulator simulator = Simulator.start(settings, 0);
        FunctionProcesses functions =
            new FunctionProcesses(
                options.root(), options.folder(), this::processes, options.cached());
        LocalMachine machine = LocalMachine.start(local(simulator), functions)) {
      functions.awaitReady();
      return run(simulator, functions, machine, random);
    }
  }

  private int processes(String function) {
    return BUSY.contains(function) ? options.busy() : 1;
  }

  private LocalOptions local(Simulator simulator) {
    return LocalOptions.inMemory(options.root().resolve("template.yaml"))
        .withVisibility(VISIBILITY)
        .withEnvironment(
            Map.of(
                "USEAPI_BASE_URL", simulator.baseUrl(),
                "USEAPI_TOKEN", simulator.token(),
                "RIFFHOOK_PROVIDERS", "useapi",
                "RIFFHOOK_TIME_SCALE", Double.toString(options.timeScale())));
  }

  private Result run(
      Simulator simulator, FunctionProcesses functions, LocalMachine machine, Random random)
      throws Exception {
    Map<String, String> environment = machine.environment("CheckFunction");
    Caller caller = new Caller(machine.apiUrl());
    Instant start = Instant.now();
    StatusJournal journal = StatusJournal.start(environment, this::ended);
    Purchases purchases = new Purchases(simulator);
    Killer killer =
        new Killer(
            functions, options.killEvery(), options.mostKills(), new Random(random.nextLong()));
    Faults faults = new Faults(simulator, new Random(random.nextLong()));
    ApiReader reader = new ApiReader(caller, journal);
    try (journal;
        purchases) {
      purchases.start();
      try (killer;
          faults;
          reader) {
        killer.start();
        faults.start();
        reader.start();
        int submitted = submitAll(caller, random);
        // The last ones are killed, too: until half of those that were open then have ended.
        awaitEnded(submitted - Math.min(submitted, options.open()) / 2, journal);
        killer.awaitKills(options.leastKills());
      }
      awaitEnded(accepted.size(), journal);
    }
    Duration took = Duration.between(start, Instant.now());
    List<LostRun> lost = functions.lost();
    try (Storage storage = new Storage(environment)) {
      List<Caller.Accepted> calls = List.copyOf(accepted);
      List<String> journalled = new ArrayList<>(journal.violations());
      journalled.addAll(reader.violations());
      return new Result(
          options,
          calls.size(),
          new Judge(storage, purchases, lost).judge(calls, unclaimedToo(purchases, calls)),
          killer.kills(),
          byFunction(lost),
          faults.seen(),
          caller.answers(),
          purchases.refused(),
          calls.stream().mapToInt(call -> purchases.of(call.id()).size()).sum(),
          journalled,
          journal.changes(),
          took);
    }
  }

  private List<String> unclaimedToo(Purchases purchases, List<Caller.Accepted> calls) {
    List<String> all = new ArrayList<>(refused);
    all.addAll(purchases.unclaimed(calls.stream().map(Caller.Accepted::id).toList()));
    return all;
  }

  private static Map<String, Integer> byFunction(List<LostRun> lost) {
    Map<String, Integer> count = new TreeMap<>();
    lost.forEach(run -> count.merge(run.function(), 1, Integer::sum));
    return count;
  }

  private void ended(JobId job) {
    free.release();
    ended.release();
  }

  /** Submits one job after the other, as places get free; gives how many were. */
  private int submitAll(Caller caller, Random random) throws InterruptedException {
    Instant end = Instant.now().plus(options.atMost());
    int number = 0;
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (; number < options.jobs() && Instant.now().isBefore(end); number++) {
        if (!free.tryAcquire(options.patience().toMillis(), TimeUnit.MILLISECONDS)) {
          refused.add(
              "nothing ended for %s: %d jobs were not submitted"
                  .formatted(options.patience(), options.jobs() - number));
          return number;
        }
        String key = "kills-%d-%06d".formatted(options.seed(), number);
        String prompt = PROMPTS.get(random.nextInt(PROMPTS.size()));
        String body =
            random.nextInt(5) == 0
                ? Caller.body(prompt, key, "mp3", "wav")
                : Caller.body(prompt, key, "mp3");
        lines.acquire();
        callers.execute(
            () -> {
              submit(caller, body, key);
              lines.release();
            });
      }
    }
    return number;
  }

  private void submit(Caller caller, String body, String key) {
    try {
      accepted.add(caller.submit(body, key));
    } catch (IOException e) {
      refused.add("a call was not accepted: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
