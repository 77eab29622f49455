package io.riffhook.processes;

import java.util.List;
import java.util.Locale;

/** Lines of text for people. */
final class Lines {
  private final StringBuilder text = new StringBuilder();

  void add(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  void list(String title, List<String> lines) {
    add("%s: %d", title, lines.size());
    lines.forEach(each -> add("  %s", each));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
