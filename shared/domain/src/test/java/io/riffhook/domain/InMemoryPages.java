package io.riffhook.domain;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Pages of a list in memory. A cursor is the listing, its owner and the last item of its page. */
final class InMemoryPages {
  private InMemoryPages() {}

  static <T> Page<T> page(
      String listing, Owner owner, List<T> items, Function<T, String> name, Page.Request request) {
    String head = listing + "|" + owner + "|";
    int start = request.cursor().map(cursor -> after(head, cursor, items, name)).orElse(0);
    int end = Math.min(items.size(), start + request.limit());
    Optional<String> next =
        end < items.size() ? Optional.of(head + name.apply(items.get(end - 1))) : Optional.empty();
    return new Page<>(items.subList(start, end), next);
  }

  private static <T> int after(
      String head, String cursor, List<T> items, Function<T, String> name) {
    if (!cursor.startsWith(head)) {
      throw new Page.BadCursorException();
    }
    String last = cursor.substring(head.length());
    return IntStream.range(0, items.size())
        .filter(i -> name.apply(items.get(i)).equals(last))
        .map(i -> i + 1)
        .findFirst()
        .orElseThrow(Page.BadCursorException::new);
  }
}
