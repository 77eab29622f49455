package io.riffhook.domain;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a step that follows a write. If the step fails, the call that made the write still succeeds:
 * the failure is logged, and the next check of the job or batch does what the step did not.
 *
 * <p>Use it only if there is such a check. Otherwise send the message before the write.
 */
final class FollowUp {
  private static final Logger LOG = LoggerFactory.getLogger(FollowUp.class);

  private FollowUp() {}

  /**
   * Runs a step.
   *
   * @param step what it does, for the log
   */
  static void run(String step, Runnable action) {
    get(
        step,
        () -> {
          action.run();
          return step;
        },
        step);
  }

  /**
   * Runs a step that has a result.
   *
   * @param step what it does, for the log
   * @param otherwise the result if the step fails
   */
  static <T> T get(String step, Supplier<T> action, T otherwise) {
    try {
      return action.get();
    } catch (RuntimeException e) {
      LOG.warn("{} failed after the write; the next check repeats it", step, e);
      return otherwise;
    }
  }
}
