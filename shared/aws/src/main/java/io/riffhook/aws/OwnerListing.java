package io.riffhook.aws;

import io.riffhook.domain.Owner;
import io.riffhook.domain.Page;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Reads pages of what an owner has, newest first. */
record OwnerListing(DynamoDbClient client, String table, OwnerIndex index) {
  /** Which items to list, as a filter expression; the empty expression lets all through. */
  record Filter(String expression, Map<String, String> names, Map<String, AttributeValue> values) {
    static final Filter NONE = new Filter("", Map.of(), Map.of());
  }

  <T> Page<T> page(Owner owner, Filter filter, Page.Request request, Function<Item, T> reader) {
    return PagedQuery.page(
        request.limit(),
        request.cursor().map(cursor -> index.startKey(owner, cursor)).orElse(Map.of()),
        (start, wanted) -> client.query(query(owner, filter, start, wanted)),
        last -> index.cursor(owner, last),
        reader);
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
        : query.limit(PagedQuery.FILTERED_READ).filterExpression(filter.expression()).build();
  }
}
