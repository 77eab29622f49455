package io.riffhook.aws;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The one table, item by item. What a condition refuses is an answer; anything else is thrown. */
record Table(DynamoDbClient client, String name) {

  /** False where an item with the same key exists. */
  boolean insert(Map<String, AttributeValue> item) {
    try {
      client.putItem(
          put ->
              put.tableName(name)
                  .item(item)
                  .conditionExpression("attribute_not_exists(#key)")
                  .expressionAttributeNames(Map.of("#key", ItemKey.PARTITION)));
      return true;
    } catch (ConditionalCheckFailedException _) {
      return false;
    }
  }

  /** Writes an item, in place of one with the same key. */
  void put(Map<String, AttributeValue> item) {
    client.putItem(put -> put.tableName(name).item(item));
  }

  /** The items of a partition that fit one answer, in the order of their sort keys. */
  List<Item> partition(String key) {
    return client
        .query(
            query ->
                query
                    .tableName(name)
                    .keyConditionExpression("#key = :key")
                    .expressionAttributeNames(Map.of("#key", ItemKey.PARTITION))
                    .expressionAttributeValues(Map.of(":key", Item.value(key))))
        .items()
        .stream()
        .map(Item::new)
        .toList();
  }

  /** The item as last written. */
  Optional<Item> find(ItemKey key) {
    GetItemResponse response =
        client.getItem(get -> get.tableName(name).key(key.attributes()).consistentRead(true));
    return response.hasItem() ? Optional.of(new Item(response.item())) : Optional.empty();
  }

  /** The item after the update, or empty where its condition does not hold. */
  Optional<Item> apply(ItemKey key, Update update) {
    return apply(update.request(name, key));
  }

  /** As {@link #apply(ItemKey, Update)}, and given up after a while, all tries together. */
  Optional<Item> apply(ItemKey key, Update update, Duration patience) {
    return apply(
        update.request(name, key).toBuilder()
            .overrideConfiguration(override -> override.apiCallTimeout(patience))
            .build());
  }

  private Optional<Item> apply(UpdateItemRequest request) {
    try {
      return Optional.of(new Item(client.updateItem(request).attributes()));
    } catch (ConditionalCheckFailedException _) {
      return Optional.empty();
    }
  }
}
