package io.riffhook.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * The one seam to logging and metrics: Powertools, by its functional interface.
 *
 * <p>What is put in the log context with {@link #about} stands in every line until the invocation,
 * or the next message of its batch, ends.
 */
public final class Telemetry {
  private static final String NAMESPACE = "Riffhook";
  private static final Pattern NO_ID = Pattern.compile("[^A-Za-z0-9_-]");
  private static final ScopedValue<Boolean> UNCOUNTED = ScopedValue.newInstance();
  private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);

  private Telemetry() {}

  /** Runs an invocation: its log lines carry the request's id, its metrics go out at its end. */
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

  /** Counts something that an operator watches. What goes wrong with it never fails the work. */
  public static void count(String metric) {
    if (UNCOUNTED.isBound()) {
      return;
    }
    try {
      Metrics metrics = MetricsFactory.getMetricsInstance();
      metrics.setNamespace(NAMESPACE);
      metrics.addMetric(metric, 1, MetricUnit.COUNT);
      metrics.flush();
    } catch (RuntimeException e) {
      LOG.warn("{} was not counted", metric, e);
    }
  }
}
