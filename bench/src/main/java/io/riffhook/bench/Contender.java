package io.riffhook.bench;

import java.util.Map;

/**
 * What runs against others in a benchmark.
 *
 * @param name as the page shows it
 * @param role whether it is ours
 * @param trial one run of it
 */
public record Contender(String name, Role role, Trial trial) {

  /** What a contender stands for. */
  public enum Role {
    /** Ours. */
    SUBJECT,
    /** Another program that does the same work. */
    PEER,
    /** What no program can beat, or what was before: something to read the numbers by. */
    REFERENCE
  }

  /** One run of a contender, in the same surroundings as every other. */
  @FunctionalInterface
  public interface Trial {
    /**
     * Runs once.
     *
     * @return a value for each metric, in the metric's unit
     * @throws Exception where it did not do its work; the benchmark ends with that
     */
    Map<Metric, Double> run() throws Exception;
  }

  /** One of ours. */
  public static Contender subject(String name, Trial trial) {
    return new Contender(name, Role.SUBJECT, trial);
  }

  /** A peer. */
  public static Contender peer(String name, Trial trial) {
    return new Contender(name, Role.PEER, trial);
  }

  /** A limit or a point of orientation. */
  public static Contender reference(String name, Trial trial) {
    return new Contender(name, Role.REFERENCE, trial);
  }
}
