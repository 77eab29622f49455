package io.riffhook.bench;

import java.util.List;
import java.util.Map;

/**
 * What a benchmark found.
 *
 * @param versions of whatever took part, by name
 * @param facts what was counted or calculated and is no series: rows of {@code name: value}
 * @param notes what a reader must know to read the numbers
 */
public record Findings(
    List<Series> series,
    List<Verdict> verdicts,
    Map<String, String> versions,
    List<Fact> facts,
    List<String> notes) {

  public Findings {
    series = List.copyOf(series);
    verdicts = List.copyOf(verdicts);
    versions = Map.copyOf(versions);
    facts = List.copyOf(facts);
    notes = List.copyOf(notes);
  }

  /** Something that was counted or calculated. */
  public record Fact(String what, String value) {}

  /**
   * The median of a series.
   *
   * @throws IllegalArgumentException where there is none such
   */
  public static double median(List<Series> series, String group, String contender, Metric metric) {
    return series.stream()
        .filter(
            each ->
                each.group().equals(group)
                    && each.contender().equals(contender)
                    && each.metric().equals(metric))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no %s of %s".formatted(metric.name(), contender)))
        .median();
  }
}
