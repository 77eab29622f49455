package io.riffhook.bench.cost;

import java.time.Duration;
import java.util.List;

/**
 * What this machine cannot measure, and a bill needs. Each is on the careful side: what it says is
 * rather too dear.
 */
final class Assumptions {
  /** A vCPU, in MB of a function's memory: with less, a function is slower by as much. */
  private static final double VCPU = 1769;

  /** What a request takes longer on AWS than on loopback. */
  static final Duration DYNAMODB = Duration.ofMillis(5);

  static final Duration SQS = Duration.ofMillis(10);
  static final Duration S3 = Duration.ofMillis(60);

  /** What a provider takes for an answer that the simulator gives at once. */
  static final Duration PROVIDER = Duration.ofMillis(500);

  /** A file of three minutes comes from a provider in this time: 4.5 MB at 15 MB/s. */
  static final Duration FILE = Duration.ofMillis(300);

  /** How many invocations begin in a new environment, and what that takes. */
  static final double COLD = 0.01;

  static final Duration COLD_START = Duration.ofSeconds(3);

  /** What Lambda itself writes of an invocation (start, runtimeDone, report), as JSON. */
  static final int PLATFORM_LOG = 900;

  /** What a function writes of an invocation: two lines of JSON, and a metric of some. */
  static final int OWN_LOG = 1_000;

  /** A line of the HTTP API's access log. */
  static final int ACCESS_LOG = 350;

  private Assumptions() {}

  /**
   * How long an invocation that took so long here takes with its memory.
   *
   * @param here of it, in this process
   * @param memory of the function, in MB
   */
  static double seconds(Duration here, int memory) {
    return here.toNanos() / 1e9 * Math.max(1, VCPU / memory);
  }

  /** In words. */
  static List<String> words() {
    return List.of(
        "Durations are those of warm invocations here, times 1769 MB / the function's memory where it"
            + " has less than a vCPU, and for each request to AWS "
            + "%d ms (DynamoDB), %d ms (SQS), %d ms (S3) more."
                .formatted(DYNAMODB.toMillis(), SQS.toMillis(), S3.toMillis()),
        "Assumed: a provider answers in %d ms; a file of 4.5 MB comes in %d ms more; %.0f %% of the invocations start cold, %d s more."
            .formatted(
                PROVIDER.toMillis(), FILE.toMillis(), COLD * 100, COLD_START.toSeconds()),
        "Assumed: %d bytes of log of each invocation (%d are Lambda's own), %d of each call."
            .formatted(PLATFORM_LOG + OWN_LOG, PLATFORM_LOG, ACCESS_LOG),
        "No free tier, no savings plan; what stands still costs nothing here (storage, and polls of"
            + " empty queues) and is in docs/cost.md.");
  }
}
