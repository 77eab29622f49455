package io.riffhook.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text in columns as wide as they must be. A heading that begins with > aligns right. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<Boolean> right;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... headings) {
    this.right = List.of(headings).stream().map(heading -> heading.startsWith(">")).toList();
    this.headings =
        List.of(headings).stream().map(heading -> heading.replaceFirst("^>", "")).toList();
  }

  void row(String... cells) {
    rows.add(List.of(cells));
  }

  List<String> lines() {
    List<List<String>> all = new ArrayList<>();
    all.add(headings);
    all.addAll(rows);
    List<Integer> widths =
        IntStream.range(0, headings.size())
            .mapToObj(i -> all.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toList();
    return all.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, List<Integer> widths) {
    return IntStream.range(0, row.size())
        .mapToObj(
            i -> {
              String space = " ".repeat(widths.get(i) - row.get(i).length());
              return right.get(i) ? space + row.get(i) : row.get(i) + space;
            })
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }
}
