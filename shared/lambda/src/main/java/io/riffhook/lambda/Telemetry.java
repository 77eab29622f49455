package io.riffhook.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * The one seam to logging and metrics: the log context is Powertools', by its functional interface;
 * metrics are lines for CloudWatch, by the names of Powertools' settings.
 *
 * <p>What is put in the log context with {@link #about} stands in every line until the invocation,
 * or the next message of its batch, ends.
 */
public final class Telemetry {
  private static final Pattern NO_ID = Pattern.compile("[^A-Za-z0-9_-]");
  private static final ScopedValue<Boolean> UNCOUNTED = ScopedValue.newInstance();
  private static final Map<String, String> ENVIRONMENT = System.getenv();

  private Telemetry() {}

  /** Runs an invocation: its log lines carry the request's id. */
  public static <T> T around(Context context, Supplier<T> work) {
    return PowertoolsLogging.withLogging(context, work);
  }

  /**
   * Names the job that the following log lines are about, so that one query shows a song's life.
   */
  public static void about(String jobId) {
    // An id, and nothing that somebody put in its place: other layouts do not escape it.
    MDC.put("jobId", NO_ID.matcher(jobId).replaceAll("?"));
  }

  /** Ends {@link #about}. */
  public static void aboutNothing() {
    MDC.remove("jobId");
  }

  /** Runs work that is nobody's: what it would count, no operator should see. */
  static <X extends Exception> void uncounted(Uncounted<X> work) throws X {
    ScopedValue.where(UNCOUNTED, true)
        .call(
            () -> {
              work.run();
              return true;
            });
  }

  /** Work that is nobody's. */
  @FunctionalInterface
  interface Uncounted<X extends Exception> {
    void run() throws X;
  }

  /** Counts something that an operator watches, where CloudWatch takes what is logged. */
  public static void count(String metric) {
    String line =
        new EmbeddedMetric(
                variable("POWERTOOLS_METRICS_NAMESPACE", "Riffhook"),
                variable("POWERTOOLS_SERVICE_NAME", "riffhook"),
                metric)
            .line(Instant.now());
    if (ENVIRONMENT.containsKey("AWS_LAMBDA_FUNCTION_NAME") && !UNCOUNTED.isBound()) {
      System.out.println(line);
    }
  }

  /** A blank variable counts as unset. */
  private static String variable(String name, String otherwise) {
    String value = ENVIRONMENT.getOrDefault(name, "");
    return value.isBlank() ? otherwise : value;
  }
}
