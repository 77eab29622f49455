package io.riffhook.domain;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Pages of a list in memory. A cursor is the listing, its owner and the last item of its page,
 * which the filter need not let through any more when the next page is read.
 */
final class InMemoryPages {
  private InMemoryPages() {}

  static <T> Page<T> page(
      String listing,
      Owner owner,
      List<T> all,
      Predicate<T> filter,
      Function<T, String> name,
      Page.Request request) {
    String head = listing + "|" + owner + "|";
    int start = request.cursor().map(cursor -> after(head, cursor, all, name)).orElse(0);
    List<T> items = all.subList(start, all.size()).stream().filter(filter).toList();
    int end = Math.min(items.size(), request.limit());
    Optional<String> next =
        end < items.size() ? Optional.of(head + name.apply(items.get(end - 1))) : Optional.empty();
    return new Page<>(items.subList(0, end), next);
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
