package io.riffhook.aws;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The one table, item by item. What a condition refuses is an answer; anything else is thrown.
 *
 * <p>The SDK sends a write again whose answer got lost, and then the write's own effect may be what
 * its condition refuses. So each conditional write leaves a mark of its own in the item, and one
 * that is refused by its own mark was done.
 */
record Table(DynamoDbClient client, String name) {

  /** False where an item with the same key exists. */
  boolean insert(Map<String, AttributeValue> item) {
    AttributeValue mark = WriteMark.next();
    Map<String, AttributeValue> marked = new HashMap<>(item);
    marked.put(WriteMark.NAME, mark);
    try {
      client.putItem(
          put ->
              put.tableName(name)
                  .item(marked)
                  .conditionExpression("attribute_not_exists(#key)")
                  .expressionAttributeNames(Map.of("#key", ItemKey.PARTITION))
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return WriteMark.isOf(e, mark);
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

  /**
   * Deletes an item where one of its attributes has a value; false where it did not. An item that
   * is gone bears no mark: where the answer got lost, it is said that nothing was there.
   */
  boolean delete(ItemKey key, String attribute, AttributeValue value) {
    try {
      return client
          .deleteItem(
              delete ->
                  delete
                      .tableName(name)
                      .key(key.attributes())
                      .conditionExpression("#attribute = :value")
                      .expressionAttributeNames(Map.of("#attribute", attribute))
                      .expressionAttributeValues(Map.of(":value", value))
                      .returnValues(ReturnValue.ALL_OLD))
          .hasAttributes();
    } catch (ConditionalCheckFailedException _) {
      return false;
    }
  }

  /** What came of an update. */
  sealed interface Tried {
    /** The item after it. */
    record Done(Item item) implements Tried {}

    /** Its condition did not hold for the item, which may not be there. */
    record Refused(Optional<Item> item) implements Tried {}
  }

  /** As {@link #apply}, but tells what the condition did not hold for. */
  Tried attempt(ItemKey key, Update update) {
    try {
      return new Tried.Done(
          new Item(
              client
                  .updateItem(
                      update.request(name, key).toBuilder()
                          .returnValuesOnConditionCheckFailure(
                              ReturnValuesOnConditionCheckFailure.ALL_OLD)
                          .build())
                  .attributes()));
    } catch (ConditionalCheckFailedException e) {
      return new Tried.Refused(e.hasItem() ? Optional.of(new Item(e.item())) : Optional.empty());
    }
  }

  /** The item after the update, or empty where its condition does not hold. */
  Optional<Item> apply(ItemKey key, Update update) {
    return apply(key, update, request -> {});
  }

  /** As {@link #apply(ItemKey, Update)}, and given up after a while, all tries together. */
  Optional<Item> apply(ItemKey key, Update update, Duration patience) {
    return apply(
        key,
        update,
        request -> request.overrideConfiguration(override -> override.apiCallTimeout(patience)));
  }

  private Optional<Item> apply(
      ItemKey key, Update update, Consumer<UpdateItemRequest.Builder> more) {
    AttributeValue mark = WriteMark.next();
    update.set(mark, WriteMark.NAME);
    UpdateItemRequest request = update.request(name, key).toBuilder().applyMutation(more).build();
    try {
      return Optional.of(new Item(client.updateItem(request).attributes()));
    } catch (ConditionalCheckFailedException e) {
      return WriteMark.isOf(e, mark) ? Optional.of(new Item(e.item())) : Optional.empty();
    }
  }
}
