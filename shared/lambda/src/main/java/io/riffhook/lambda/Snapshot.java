package io.riffhook.lambda;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a function does before SnapStart takes the snapshot that its environments start from: a
 * first call's classes are loaded, and its code is compiled, once and for all of them
 * (https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html). Whoever makes
 * one keeps it: the runtime itself does not.
 */
public final class Snapshot implements Resource {
  private static final String INITIALIZATION = "AWS_LAMBDA_INITIALIZATION_TYPE";
  private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);

  private final List<Step> steps;

  private Snapshot(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /** One thing to do. It changes nothing that anybody sees, for it is done at each deployment. */
  @FunctionalInterface
  public interface Step {
    /**
     * Does it.
     *
     * @throws Exception where it cannot be done; that is logged, and the function starts cold
     */
    void run() throws Exception;
  }

  /**
   * Has steps run before a snapshot; where none will be taken, nothing is done or loaded.
   *
   * @param environment the function's variables
   */
  public static Optional<Snapshot> prepare(Map<String, String> environment, Step... steps) {
    if (!"snap-start".equals(environment.get(INITIALIZATION))) {
      return Optional.empty();
    }
    Snapshot snapshot = new Snapshot(List.of(steps));
    Core.getGlobalContext().register(snapshot);
    return Optional.of(snapshot);
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    for (Step step : steps) {
      try {
        step.run();
      } catch (Exception | LinkageError e) {
        // A slow first call is better than a version that cannot be published.
        LOG.warn("something was not done before the snapshot; first calls will be slow", e);
      }
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Connections are opened again when they are needed.
  }
}
