package io.riffhook.bench.cost;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What others do while a song is made, by the same prices: dollars per job, for nothing but the
 * waiting. Each poll is a read of the provider by a function of 512 MB that does nothing else.
 */
final class Polling {
  private static final double GIGABYTES = 0.5;
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  /** The provider's answer, and little more. */
  private static final double POLL_SECONDS = 0.35;

  private static final double CALLBACK_SECONDS = 0.05;
  private static final double LOG = Assumptions.PLATFORM_LOG / 1e6;

  private Polling() {}

  /** Each design by its name. */
  static Map<String, Double> designs(Duration generation) {
    long polls = Math.ceilDiv(generation.toSeconds(), INTERVAL.toSeconds());
    Map<String, Double> all = new LinkedHashMap<>();
    // Wait, Task, Choice.
    all.put(
        "Step Functions, a loop",
        polls * (Price.STATE_TRANSITION.of(3) + invocation(POLL_SECONDS)));
    // The task that waits for its token, and whoever brings it.
    all.put(
        "Step Functions, a task token",
        Price.STATE_TRANSITION.of(1) + callback() + Price.DYNAMODB_READ_UNIT.of(1));
    // One invocation; it sleeps between its polls.
    all.put("a function that sleeps", invocation(generation.toSeconds() + POLL_SECONDS));
    // Each poll's message: sent, received, deleted.
    all.put("a queue with delays", polls * (Price.SQS_REQUEST.of(3) + invocation(POLL_SECONDS)));
    // Start, the callback's creation, its completion; and the run that goes on.
    all.put(
        "a durable function, a callback",
        Price.DURABLE_OPERATION.of(3)
            + Price.DURABLE_MEGABYTE.of(0.003)
            + invocation(CALLBACK_SECONDS)
            + callback());
    return all;
  }

  /** A call of the provider's through the gateway. */
  private static double callback() {
    return Price.HTTP_API_REQUEST.of(1)
        + invocation(CALLBACK_SECONDS)
        + Price.LOG_MEGABYTE.of(Assumptions.ACCESS_LOG / 1e6);
  }

  private static double invocation(double seconds) {
    return Price.LAMBDA_REQUEST.of(1)
        + Price.LAMBDA_GB_SECOND.of(seconds * GIGABYTES)
        + Price.LOG_MEGABYTE.of(LOG);
  }
}
