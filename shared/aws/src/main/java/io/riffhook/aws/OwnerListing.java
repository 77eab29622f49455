package io.riffhook.aws;

import io.riffhook.domain.Owner;
import io.riffhook.domain.Page;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Reads pages of what an owner has, newest first.
 *
 * <p>DynamoDB filters after it has counted, so a page may take several reads. A call makes {@link
 * #MAX_READS} at most; a page that is not full by then carries a cursor to go on from, so that the
 * cost of one call is bounded however little the filter lets through.
 */
record OwnerListing(DynamoDbClient client, String table, OwnerIndex index) {
  static final int MAX_READS = 10;

  /** How many items one filtered read looks at. */
  static final int FILTERED_READ = 100;

  /** Which items to list, as a filter expression; the empty expression lets all through. */
  record Filter(String expression, Map<String, String> names, Map<String, AttributeValue> values) {
    static final Filter NONE = new Filter("", Map.of(), Map.of());
  }

  <T> Page<T> page(Owner owner, Filter filter, Page.Request request, Function<Item, T> reader) {
    List<Item> found = new ArrayList<>();
    Map<String, AttributeValue> start =
        request.cursor().map(cursor -> index.startKey(owner, cursor)).orElse(Map.of());
    for (int reads = 0; reads < MAX_READS; reads++) {
      // One more than the page holds: whether there is a next page must be known.
      int wanted = request.limit() + 1 - found.size();
      QueryResponse response = client.query(query(owner, filter, start, wanted));
      response.items().forEach(item -> found.add(new Item(item)));
      if (found.size() > request.limit()) {
        List<Item> page = found.subList(0, request.limit());
        return new Page<>(
            page.stream().map(reader).toList(), Optional.of(index.cursor(owner, page.getLast())));
      }
      start = response.lastEvaluatedKey();
      if (start.isEmpty()) {
        return new Page<>(found.stream().map(reader).toList(), Optional.empty());
      }
    }
    return new Page<>(
        found.stream().map(reader).toList(), Optional.of(index.cursor(owner, new Item(start))));
  }

  private QueryRequest query(
      Owner owner, Filter filter, Map<String, AttributeValue> start, int wanted) {
    Map<String, AttributeValue> values = new HashMap<>(filter.values());
    values.put(":owner", Item.value(index.partition(owner)));
    Map<String, String> names = new HashMap<>(filter.names());
    names.put("#owner", OwnerIndex.PARTITION);
    QueryRequest.Builder query =
        QueryRequest.builder()
            .tableName(table)
            .indexName(OwnerIndex.NAME)
            .keyConditionExpression("#owner = :owner")
            .expressionAttributeNames(names)
            .expressionAttributeValues(values)
            .scanIndexForward(false);
    if (!start.isEmpty()) {
      query.exclusiveStartKey(start);
    }
    return filter.expression().isEmpty()
        ? query.limit(wanted).build()
        : query.limit(FILTERED_READ).filterExpression(filter.expression()).build();
  }
}
