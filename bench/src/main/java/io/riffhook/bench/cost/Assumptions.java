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

  /** What a provider takes to accept a job, and to be read: the simulator answers at once. */
  static final Duration CREATE = Duration.ofSeconds(1);

  static final Duration READ = Duration.ofMillis(300);

  /**
   * Until a file's first byte comes, and for the rest of three minutes of MP3, 4.5 MB at 20 MB/s.
   */
  static final Duration FIRST_BYTE = Duration.ofMillis(200);

  static final Duration AUDIO = Duration.ofMillis(225);

  /** How many invocations begin in a new environment, and what that takes. */
  static final double COLD = 0.01;

  static final Duration COLD_START = Duration.ofSeconds(3);

  /** What Lambda itself writes of an invocation (start, runtimeDone, report), as JSON. */
  static final int PLATFORM_LOG = 900;

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
        "Durations are those of warm invocations here, times 1769 MB / the function's memory where"
            + " it has less than a vCPU, and for each request to AWS "
            + "%d ms (DynamoDB), %d ms (SQS), %d ms (S3) more."
                .formatted(DYNAMODB.toMillis(), SQS.toMillis(), S3.toMillis()),
        "Assumed: a provider accepts a job in %d ms, is read in %d ms, sends a file's first byte in %d ms and the rest of 4.5 MB in %d ms; %.0f %% of the invocations start cold, which takes %d s more."
            .formatted(
                CREATE.toMillis(),
                READ.toMillis(),
                FIRST_BYTE.toMillis(),
                AUDIO.toMillis(),
                COLD * 100,
                COLD_START.toSeconds()),
        "Assumed: Lambda logs %d bytes of each invocation, and the gateway %d of each call; what functions log is counted."
            .formatted(PLATFORM_LOG, ACCESS_LOG),
        "No free tier, no savings plan; what stands still costs nothing here (storage, and polls of"
            + " empty queues) and is in docs/cost.md.");
  }
}
