package io.riffhook.local.host;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.riffhook.local.template.Function;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One function and its execution environments. As on Lambda, an environment runs one invocation at
 * a time: a handler object is never called by two threads at once, and one that ran into its
 * timeout is not used again.
 *
 * <p>Safe for use by many threads.
 */
final class HostedFunction {
  private static final Logger LOG = LoggerFactory.getLogger(HostedFunction.class);

  private final Function function;
  private final String region;
  private final HandlerFactory handlers;
  private final Consumer<String> onInvocation;
  private final ConcurrentLinkedDeque<RequestStreamHandler> idle = new ConcurrentLinkedDeque<>();
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  HostedFunction(
      Function function, String region, HandlerFactory handlers, Consumer<String> onInvocation) {
    this.function = function;
    this.region = region;
    this.handlers = handlers;
    this.onInvocation = onInvocation;
  }

  String name() {
    return function.name();
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
      RequestStreamHandler last = idle.pollLast();
      RequestStreamHandler handler = last == null ? handlers.create() : last;
      Outcome how = call(handler, event, context);
      if (!outcome.isDone()) {
        idle.addLast(handler);
      }
      outcome.complete(how);
    } catch (HostException e) {
      LOG.error("{} cannot be invoked", name(), e);
      outcome.complete(new Outcome.Failed(e));
    } finally {
      running.remove(Thread.currentThread());
      onInvocation.accept(name());
    }
  }

  /**
   * Whatever the handler throws, an Error too, ends this invocation only, as it would on Lambda.
   */
  private Outcome call(RequestStreamHandler handler, byte[] event, LocalContext context) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(event), answer, context);
      return new Outcome.Answered(answer.toByteArray());
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
