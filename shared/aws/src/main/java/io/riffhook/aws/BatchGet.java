package io.riffhook.aws;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Reads items by their keys, many at a time. */
record BatchGet(DynamoDbClient client, String table, Backoff backoff) {
  /** The most keys of one BatchGetItem. */
  static final int MAX = 100;

  /**
   * The items that exist, by key.
   *
   * @throws IncompleteBatchException where DynamoDB keeps leaving keys unprocessed
   */
  Map<ItemKey, Item> items(List<ItemKey> keys) {
    Map<ItemKey, Item> items = new HashMap<>();
    for (int from = 0; from < keys.size(); from += MAX) {
      read(keys.subList(from, Math.min(from + MAX, keys.size())), items);
    }
    return items;
  }

  private void read(List<ItemKey> keys, Map<ItemKey, Item> items) {
    KeysAndAttributes wanted =
        KeysAndAttributes.builder()
            .keys(keys.stream().map(ItemKey::attributes).toList())
            .consistentRead(true)
            .build();
    for (int attempt = 0; attempt < Backoff.ATTEMPTS; attempt++) {
      Map<String, KeysAndAttributes> request = Map.of(table, wanted);
      BatchGetItemResponse response = client.batchGetItem(get -> get.requestItems(request));
      response.responses().getOrDefault(table, List.of()).stream()
          .map(Item::new)
          .forEach(item -> items.put(ItemKey.of(item), item));
      KeysAndAttributes left = response.unprocessedKeys().get(table);
      if (left == null || left.keys().isEmpty()) {
        return;
      }
      wanted = left;
      backoff.after(attempt);
    }
    throw new IncompleteBatchException(
        "DynamoDB left "
            + wanted.keys().size()
            + " keys unread after "
            + Backoff.ATTEMPTS
            + " attempts");
  }
}
