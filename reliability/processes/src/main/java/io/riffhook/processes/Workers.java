package io.riffhook.processes;

import com.amazonaws.services.lambda.runtime.Context;
import io.riffhook.local.host.FunctionRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The processes of one function, a fixed number: one that ends is followed by a new one. Each runs
 * one invocation at a time; what finds none free waits. Safe for use by many threads.
 */
final class Workers implements FunctionRunner, AutoCloseable {
  /** How much the latest invocation counts in the average. */
  private static final long WEIGHT = 8;

  private final FunctionCode code;
  private final Map<String, String> environment;
  private final List<String> flags;
  private final Path log;
  private final int processes;
  private final BlockingQueue<LambdaProcess> idle = new LinkedBlockingQueue<>();
  private final Set<LambdaProcess> alive = ConcurrentHashMap.newKeySet();
  private final Map<LambdaProcess, Runnable> replaced = new ConcurrentHashMap<>();
  private final SynchronousQueue<Run> starts = new SynchronousQueue<>();
  private final AtomicLong averageNanos = new AtomicLong(TimeUnit.MILLISECONDS.toNanos(20));
  private final Queue<LostRun> lost = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  Workers(
      FunctionCode code,
      Map<String, String> environment,
      List<String> flags,
      Path log,
      int processes) {
    this.code = code;
    this.environment = Map.copyOf(environment);
    this.flags = List.copyOf(flags);
    this.log = log;
    this.processes = processes;
    for (int i = 0; i < processes; i++) {
      launch(() -> {});
    }
  }

  /** All processes of a function were at work, or not there, for too long. */
  static final class ThrottledException extends Exception {
    private static final long serialVersionUID = 1L;

    private ThrottledException(String function) {
      super("no process of " + function + " is free");
    }
  }

  /** An invocation in a process. */
  private record Run(LambdaProcess process, CountDownLatch done) {}

  private void launch(Runnable whenReady) {
    if (closed) {
      return;
    }
    try {
      LambdaProcess process = LambdaProcess.start(code, environment, log, flags);
      alive.add(process);
      var _ =
          process
              .ready()
              .thenRun(
                  () -> {
                    idle.add(process);
                    whenReady.run();
                  });
      process.onExit(
          () -> {
            alive.remove(process);
            Runnable replacing = replaced.remove(process);
            boolean started =
                process.ready().isDone() && !process.ready().isCompletedExceptionally();
            launch(started ? Objects.requireNonNullElse(replacing, () -> {}) : whenReady);
          });
      if (closed) {
        process.kill();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a process asks for work. */
  void awaitReady(Duration patience) throws Exception {
    CompletableFuture.anyOf(
            alive.stream().map(LambdaProcess::ready).toArray(CompletableFuture[]::new))
        .get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public byte[] run(byte[] event, Context context) throws Exception {
    LambdaProcess process = free(Duration.ofMillis(context.getRemainingTimeInMillis() / 2));
    Run run = new Run(process, new CountDownLatch(1));
    Instant start = Instant.now();
    starts.offer(run); // to a killer, if one waits
    long begin = System.nanoTime();
    try {
      byte[] answer = process.invoke(event, Duration.ofMillis(context.getRemainingTimeInMillis()));
      long took = System.nanoTime() - begin;
      averageNanos.updateAndGet(average -> average + (took - average) / WEIGHT);
      return answer;
    } catch (RuntimeApi.ProcessEndedException e) {
      lost.add(
          new LostRun(
              code.function().name(),
              start,
              Instant.now(),
              new String(event, StandardCharsets.UTF_8)));
      throw e;
    } catch (InterruptedException e) {
      process.kill(); // it ran into its timeout
      throw e;
    } finally {
      run.done().countDown();
      if (process.isAlive()) {
        idle.add(process);
      }
    }
  }

  /** As on Lambda, an invocation that waited too long fails: the function keeps its time. */
  private LambdaProcess free(Duration patience) throws InterruptedException, ThrottledException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      LambdaProcess process = idle.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (process == null) {
        throw new ThrottledException(code.function().name());
      }
      if (process.isAlive()) {
        return process;
      }
    }
  }

  @Override
  public int concurrency() {
    return processes;
  }

  /**
   * Kills a process in the middle of its work: at a point of the next invocation that starts, or
   * while it is idle where none starts in time.
   *
   * @param point when, as a part of how long an invocation takes on the average; above 1 it may be
   *     over by then
   * @param whenReplaced done when another process is ready in its place
   * @return whether there was one to kill
   */
  boolean kill(double point, Duration patience, Runnable whenReplaced) throws InterruptedException {
    Run run = starts.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (run == null) {
      // One that still starts is let be: on a slow machine none would ever have started.
      LambdaProcess any = idle.poll();
      return any != null && kill(any, whenReplaced);
    }
    boolean _ = run.done().await(Math.round(averageNanos.get() * point), TimeUnit.NANOSECONDS);
    return kill(run.process(), whenReplaced);
  }

  private boolean kill(LambdaProcess process, Runnable whenReplaced) {
    replaced.put(process, whenReplaced);
    process.kill();
    return true;
  }

  /** The invocations that were lost with their processes. */
  List<LostRun> lost() {
    return List.copyOf(lost);
  }

  @Override
  public void close() {
    closed = true;
    alive.forEach(LambdaProcess::kill);
  }
}
