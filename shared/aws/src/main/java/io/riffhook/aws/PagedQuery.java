package io.riffhook.aws;

import io.riffhook.domain.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Reads pages of a query.
 *
 * <p>DynamoDB filters after it has counted, so a page may take several reads. A call makes {@link
 * #MAX_READS} at most; a page that is not full by then carries a cursor to go on from, so that the
 * cost of one call is bounded however little the filter lets through.
 */
final class PagedQuery {
  static final int MAX_READS = 10;

  /** How many items one filtered read looks at. */
  static final int FILTERED_READ = 100;

  private PagedQuery() {}

  /** One read. */
  interface Read {
    /**
     * Reads once.
     *
     * @param start the key after which it begins; empty for the first
     * @param wanted how many items are wanted still
     */
    QueryResponse read(Map<String, AttributeValue> start, int wanted);
  }

  /**
   * Reads one page.
   *
   * @param first the key after which the page begins; empty for the first page
   * @param cursor the cursor of the page that begins after an item, or after its key alone
   */
  static <T> Page<T> page(
      int limit,
      Map<String, AttributeValue> first,
      Read query,
      Function<Item, String> cursor,
      Function<Item, T> reader) {
    List<Item> found = new ArrayList<>();
    Map<String, AttributeValue> start = first;
    for (int reads = 0; reads < MAX_READS; reads++) {
      // One more than the page holds: whether there is a next page must be known.
      QueryResponse response = query.read(start, limit + 1 - found.size());
      response.items().forEach(item -> found.add(new Item(item)));
      if (found.size() > limit) {
        List<Item> page = found.subList(0, limit);
        return new Page<>(
            page.stream().map(reader).toList(), Optional.of(cursor.apply(page.getLast())));
      }
      start = response.lastEvaluatedKey();
      if (start.isEmpty()) {
        return new Page<>(found.stream().map(reader).toList(), Optional.empty());
      }
    }
    return new Page<>(
        found.stream().map(reader).toList(), Optional.of(cursor.apply(new Item(start))));
  }
}
