package io.riffhook.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What got worse since an earlier result, by more than the noise: a change counts where the later
 * median lies beyond the worst of the earlier values, the earlier median beyond the best of the
 * later ones, and the two are five percent apart.
 */
final class Comparison {
  private static final double LEAST = 1.05;

  /**
   * A series of ours that got worse.
   *
   * @param factor how many times as bad, more than 1
   */
  record Regression(Series before, Series after, double factor) {
    @Override
    public String toString() {
      return "%s · %s · %s: %s, was %s (%s to %s) %s, %s × as bad"
          .formatted(
              after.group(),
              after.contender(),
              after.metric().name(),
              Numbers.of(after.median()),
              Numbers.of(before.median()),
              Numbers.of(before.min()),
              Numbers.of(before.max()),
              after.metric().unit(),
              Numbers.of(factor));
    }
  }

  private Comparison() {}

  /**
   * Compares our own series; where machines differ the numbers do too, so nothing is concluded.
   *
   * @return what got worse, the worst first
   */
  static List<Regression> worse(Result before, Result after) {
    List<Regression> found = new ArrayList<>();
    for (Series now : after.findings().series()) {
      if (now.role() == Contender.Role.SUBJECT) {
        before.findings().series().stream()
            .filter(now::isOfTheSame)
            .filter(then -> isBeyondNoise(then, now))
            .forEach(then -> found.add(new Regression(then, now, factor(then, now))));
      }
    }
    return found.stream()
        .sorted((one, other) -> Double.compare(other.factor(), one.factor()))
        .toList();
  }

  /** Whether two results can be compared at all. */
  static boolean isOnTheSameMachine(Result before, Result after) {
    return before.machine().processor().equals(after.machine().processor())
        && before.machine().processors() == after.machine().processors();
  }

  private static boolean isBeyondNoise(Series then, Series now) {
    boolean beyond =
        switch (now.metric().better()) {
          case LOWER -> now.median() > then.max() && now.min() > then.median();
          case HIGHER -> now.median() < then.min() && now.max() < then.median();
        };
    return beyond && factor(then, now) >= LEAST;
  }

  private static double factor(Series then, Series now) {
    return switch (now.metric().better()) {
      case LOWER -> now.median() / then.median();
      case HIGHER -> then.median() / now.median();
    };
  }
}
