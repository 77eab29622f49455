package io.riffhook.aws;

import io.riffhook.domain.Reason;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A DynamoDB item, or a map within one, read by type; and the attribute values to write one. */
record Item(Map<String, AttributeValue> attributes) {

  String text(String name) {
    return require(name).s();
  }

  Optional<String> optionalText(String name) {
    return find(name).map(AttributeValue::s);
  }

  int integer(String name) {
    return Integer.parseInt(require(name).n());
  }

  long wide(String name) {
    return Long.parseLong(require(name).n());
  }

  OptionalInt optionalInteger(String name) {
    return find(name).stream().mapToInt(value -> Integer.parseInt(value.n())).findFirst();
  }

  OptionalDouble optionalDecimal(String name) {
    return find(name).stream().mapToDouble(value -> Double.parseDouble(value.n())).findFirst();
  }

  boolean has(String name) {
    return find(name).isPresent();
  }

  boolean flag(String name) {
    return require(name).bool();
  }

  Instant instant(String name) {
    return Instant.parse(text(name));
  }

  Optional<Instant> optionalInstant(String name) {
    return optionalText(name).map(Instant::parse);
  }

  List<String> texts(String name) {
    return require(name).l().stream().map(AttributeValue::s).toList();
  }

  /** A list of maps. */
  List<Item> items(String name) {
    return require(name).l().stream().map(value -> new Item(value.m())).toList();
  }

  /** A set, which DynamoDB has no attribute for when it is empty. */
  Set<String> textSet(String name) {
    return find(name).<Set<String>>map(value -> new TreeSet<>(value.ss())).orElse(Set.of());
  }

  /** A set, which DynamoDB has no attribute for when it is empty. */
  Set<Integer> integerSet(String name) {
    return find(name).stream()
        .flatMap(value -> value.ns().stream())
        .map(Integer::valueOf)
        .collect(Collectors.toSet());
  }

  Item map(String name) {
    return new Item(require(name).m());
  }

  Optional<Reason> reason(String name) {
    return find(name)
        .map(value -> new Item(value.m()))
        .map(item -> new Reason(item.text("code"), item.text("detail")));
  }

  private Optional<AttributeValue> find(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  private AttributeValue require(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalStateException("an item lacks the attribute " + name));
  }

  static AttributeValue value(String text) {
    return AttributeValue.fromS(text);
  }

  static AttributeValue value(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  static AttributeValue value(double number) {
    return AttributeValue.fromN(Double.toString(number));
  }

  static AttributeValue value(boolean flag) {
    return AttributeValue.fromBool(flag);
  }

  static AttributeValue value(Instant at) {
    return value(at.toString());
  }

  static AttributeValue value(Reason reason) {
    return AttributeValue.fromM(
        Map.of("code", value(reason.code()), "detail", value(reason.detail())));
  }

  static AttributeValue list(Collection<String> texts) {
    return AttributeValue.fromL(texts.stream().map(Item::value).toList());
  }

  static AttributeValue textSet(Collection<String> texts) {
    return AttributeValue.fromSs(List.copyOf(texts));
  }

  static AttributeValue integerSet(Collection<Integer> numbers) {
    return AttributeValue.fromNs(numbers.stream().map(String::valueOf).toList());
  }

  static AttributeValue map(Map<String, AttributeValue> attributes) {
    return AttributeValue.fromM(new TreeMap<>(attributes));
  }
}
