package io.riffhook.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs contenders in turn, A B C A B C, so that whatever else happens on the machine happens to all
 * of them.
 */
public final class Rounds {
  private final Progress progress;

  /** What is told while rounds run. */
  @FunctionalInterface
  public interface Progress {
    /** Tells one line. */
    void say(String line);
  }

  public Rounds(Progress progress) {
    this.progress = progress;
  }

  private record Key(Contender contender, Metric metric) {}

  /**
   * Runs all contenders in turn.
   *
   * @param group what is asked of them, see {@link Series}
   * @param discarded how many first rounds are not counted: they fill the page cache and warm up
   *     the services
   * @param rounds how many are counted, at least one
   */
  public List<Series> run(String group, List<Contender> contenders, int discarded, int rounds)
      throws Exception {
    Map<Key, List<Double>> values = new LinkedHashMap<>();
    for (int round = -discarded; round < rounds; round++) {
      for (Contender contender : contenders) {
        Map<Metric, Double> measured = contender.trial().run();
        progress.say(line(group, round, rounds, contender, measured));
        if (round >= 0) {
          measured.forEach(
              (metric, value) ->
                  values
                      .computeIfAbsent(new Key(contender, metric), _ -> new ArrayList<>())
                      .add(value));
        }
      }
    }
    return values.entrySet().stream()
        .map(
            each ->
                new Series(
                    group,
                    each.getKey().contender().name(),
                    each.getKey().contender().role(),
                    each.getKey().metric(),
                    each.getValue()))
        .toList();
  }

  private static String line(
      String group, int round, int rounds, Contender contender, Map<Metric, Double> measured) {
    StringBuilder line = new StringBuilder(group).append(" · ");
    line.append(round < 0 ? "warm-up" : "round " + (round + 1) + " of " + rounds);
    line.append(" · ").append(contender.name()).append(':');
    measured.forEach(
        (metric, value) ->
            line.append(' ')
                .append(metric.name())
                .append(' ')
                .append(Numbers.of(value))
                .append(metric.unit().isEmpty() ? "" : " " + metric.unit())
                .append(','));
    line.setLength(line.length() - 1);
    return line.toString();
  }
}
