package io.riffhook.aws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * One conditional write of an item: what it changes, and what must hold for it to. Every name and
 * value becomes a placeholder, because many are ids of a provider, which can hold any character.
 */
final class Update {
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, AttributeValue> values = new HashMap<>();
  private final Map<String, List<String>> clauses = new LinkedHashMap<>();
  private final List<String> conditions = new ArrayList<>();

  Update set(AttributeValue value, String... path) {
    return clause("SET", path(path) + " = " + placeholder(value));
  }

  /** Sets what is not there, and leaves what is. */
  Update setIfAbsent(AttributeValue value, String... path) {
    String there = path(path);
    return clause("SET", there + " = if_not_exists(" + there + ", " + placeholder(value) + ")");
  }

  /** Appends to a list that is there. */
  Update append(AttributeValue value, String name) {
    String list = path(name);
    String more = placeholder(AttributeValue.fromL(List.of(value)));
    return clause("SET", list + " = list_append(" + list + ", " + more + ")");
  }

  Update remove(String... path) {
    return clause("REMOVE", path(path));
  }

  /** Adds to a set or a number, whether or not it is there. */
  Update add(AttributeValue value, String name) {
    return clause("ADD", path(name) + " " + placeholder(value));
  }

  /** Takes out of a set, whether or not it is there. */
  Update delete(AttributeValue set, String name) {
    return clause("DELETE", path(name) + " " + placeholder(set));
  }

  Update whereIn(Collection<String> texts, String name) {
    String among =
        texts.stream()
            .sorted()
            .map(text -> placeholder(Item.value(text)))
            .collect(Collectors.joining(", "));
    return where(path(name) + " IN (" + among + ")");
  }

  Update whereEqual(AttributeValue value, String... path) {
    return where(path(path) + " = " + placeholder(value));
  }

  Update whereNot(AttributeValue value, String... path) {
    return where(path(path) + " <> " + placeholder(value));
  }

  Update whereExists(String... path) {
    return where("attribute_exists(" + path(path) + ")");
  }

  /** Holds where a number is above another, or else a value is not what is said. */
  Update whereAboveOrNot(long number, String name, AttributeValue value, String... path) {
    return where(
        "("
            + path(name)
            + " > "
            + placeholder(Item.value(number))
            + " OR "
            + path(path)
            + " <> "
            + placeholder(value)
            + ")");
  }

  Update whereAbsent(String... path) {
    return where("attribute_not_exists(" + path(path) + ")");
  }

  Update whereAbsentOrBelow(long number, String name) {
    String path = path(name);
    return where(
        "(attribute_not_exists("
            + path
            + ") OR "
            + path
            + " < "
            + placeholder(Item.value(number))
            + ")");
  }

  /** Holds where the list or set lacks the value, or is not there at all. */
  Update whereLacks(AttributeValue value, String name) {
    return where("NOT contains(" + path(name) + ", " + placeholder(value) + ")");
  }

  Update whereAbsentOrAtMost(AttributeValue value, String... path) {
    String at = path(path);
    return where("(attribute_not_exists(" + at + ") OR " + at + " <= " + placeholder(value) + ")");
  }

  /** Holds where the list or set has fewer members, or is not there at all. */
  Update whereAbsentOrSmaller(int size, String name) {
    String path = path(name);
    return where(
        "(attribute_not_exists("
            + path
            + ") OR size("
            + path
            + ") < "
            + placeholder(Item.value(size))
            + ")");
  }

  Update whereSizeIs(int size, String name) {
    return where("size(" + path(name) + ") = " + placeholder(Item.value(size)));
  }

  Update whereSizeBelow(int size, String name) {
    return where("size(" + path(name) + ") < " + placeholder(Item.value(size)));
  }

  Update whereBelow(AttributeValue value, String name) {
    return where(path(name) + " < " + placeholder(value));
  }

  Update whereAtLeast(AttributeValue value, String name) {
    return where(path(name) + " >= " + placeholder(value));
  }

  Update whereNotEmpty(String name) {
    return where("size(" + path(name) + ") > " + placeholder(Item.value(0)));
  }

  /** The request; it answers with the whole item, as it is after the write or as it was refused. */
  UpdateItemRequest request(String table, ItemKey key) {
    return UpdateItemRequest.builder()
        .tableName(table)
        .key(key.attributes())
        .updateExpression(
            clauses.entrySet().stream()
                .map(clause -> clause.getKey() + " " + String.join(", ", clause.getValue()))
                .collect(Collectors.joining(" ")))
        .conditionExpression(String.join(" AND ", conditions))
        .expressionAttributeNames(
            names.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey)))
        .expressionAttributeValues(values)
        .returnValues(ReturnValue.ALL_NEW)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }

  private Update clause(String verb, String what) {
    clauses.computeIfAbsent(verb, _ -> new ArrayList<>()).add(what);
    return this;
  }

  private Update where(String condition) {
    conditions.add(condition);
    return this;
  }

  private String path(String... segments) {
    return Arrays.stream(segments)
        .map(segment -> names.computeIfAbsent(segment, _ -> "#n" + names.size()))
        .collect(Collectors.joining("."));
  }

  private String placeholder(AttributeValue value) {
    String name = ":v" + values.size();
    values.put(name, value);
    return name;
  }
}
