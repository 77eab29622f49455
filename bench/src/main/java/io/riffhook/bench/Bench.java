package io.riffhook.bench;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The surroundings of a benchmark.
 *
 * @param root the project's folder
 * @param work a folder for its files, empty at first, that is deleted afterwards
 * @param wantedRounds how many rounds the caller wants, where not the benchmark's own number
 * @param quick whether to run the smallest sizes only, to see that a benchmark works
 * @param progress takes what happens
 */
public record Bench(
    Path root, Path work, Optional<Integer> wantedRounds, boolean quick, Rounds.Progress progress) {

  /** Runs contenders in turn and tells of each run. */
  public Rounds rounds() {
    return new Rounds(progress);
  }

  /**
   * How many rounds to run.
   *
   * @param usual the benchmark's own number
   */
  public int roundsOr(int usual) {
    return wantedRounds.orElse(quick ? 1 : usual);
  }
}
