package io.riffhook.local.host;

import io.riffhook.local.template.Function;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One function and its invocations, each of which ends when its timeout does. Safe for use by many
 * threads.
 */
final class HostedFunction {
  private static final Logger LOG = LoggerFactory.getLogger(HostedFunction.class);

  private final Function function;
  private final String region;
  private final FunctionRunner runner;
  private final Consumer<String> onInvocation;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  HostedFunction(
      Function function, String region, FunctionRunner runner, Consumer<String> onInvocation) {
    this.function = function;
    this.region = region;
    this.runner = runner;
    this.onInvocation = onInvocation;
  }

  String name() {
    return function.name();
  }

  /** How many invocations run at a time; what comes beyond that waits. */
  int concurrency() {
    return runner.concurrency();
  }

  /** Starts an invocation. The future never fails. */
  CompletableFuture<Outcome> invoke(byte[] event) {
    String requestId = UUID.randomUUID().toString();
    LocalContext context =
        new LocalContext(
            name(),
            region,
            function.memoryMegabytes(),
            requestId,
            Instant.now().plus(function.timeout()));
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .name(name() + "-" + requestId)
            .unstarted(() -> run(event, context, outcome));
    running.add(thread);
    thread.start();
    return outcome
        .completeOnTimeout(
            new Outcome.TimedOut(), function.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (how, none) -> {
              if (how instanceof Outcome.TimedOut) {
                LOG.warn("{} timed out after {}", name(), function.timeout());
                thread.interrupt();
              }
            });
  }

  private void run(byte[] event, LocalContext context, CompletableFuture<Outcome> outcome) {
    try {
      outcome.complete(call(event, context));
    } finally {
      running.remove(Thread.currentThread());
      onInvocation.accept(name());
    }
  }

  /**
   * Whatever the handler throws, an Error too, ends this invocation only, as it would on Lambda.
   */
  private Outcome call(byte[] event, LocalContext context) {
    try {
      return new Outcome.Answered(runner.run(event, context));
    } catch (HostException e) {
      LOG.error("{} cannot be invoked", name(), e);
      return new Outcome.Failed(e);
    } catch (Throwable e) {
      LOG.error("{} failed", name(), e);
      return new Outcome.Failed(e);
    }
  }

  /** Waits for the invocations that run, and interrupts those that take longer. */
  void finish(Duration patience) throws InterruptedException {
    Instant end = Instant.now().plus(patience);
    for (Thread thread : running) {
      Duration left = Duration.between(Instant.now(), end);
      if (left.isNegative() || !thread.join(left)) {
        LOG.warn("{} is still running and is interrupted", thread.getName());
        thread.interrupt();
      }
    }
  }
}
