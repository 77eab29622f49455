package io.riffhook.providers.standard;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Capabilities.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One object of a mapping, read strictly: what has the wrong type, and what nobody asked for, is an
 * error that says where it stands.
 */
final class MappingPart {
  static final String SETTING = "STANDARD_MAPPING";

  private final JsonNode object;
  private final String where;
  private final Set<String> known = new TreeSet<>();

  MappingPart(JsonNode object, String where) {
    this.object = object;
    this.where = where;
    if (!object.isObject()) {
      throw wrong(where, "must be an object");
    }
  }

  /** The error of something at a place in the mapping. */
  static IllegalArgumentException wrong(String where, String rule) {
    return new IllegalArgumentException(
        SETTING + (where.isEmpty() ? " " : " at " + where + " ") + rule);
  }

  IllegalArgumentException wrongAt(String key, String rule) {
    return wrong(at(key), rule);
  }

  String at(String key) {
    return where + "/" + key.replace("~", "~0").replace("/", "~1");
  }

  Optional<JsonNode> find(String key) {
    known.add(key);
    return Optional.ofNullable(object.get(key));
  }

  private JsonNode require(String key) {
    return find(key).orElseThrow(() -> wrongAt(key, "is required"));
  }

  Optional<MappingPart> part(String key) {
    return find(key).map(node -> new MappingPart(node, at(key)));
  }

  MappingPart requirePart(String key) {
    return new MappingPart(require(key), at(key));
  }

  /** Every field's name, for an object whose keys are names. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  Optional<String> text(String key) {
    return find(key).map(node -> text(node, at(key)));
  }

  String requireText(String key) {
    return text(require(key), at(key));
  }

  private static String text(JsonNode node, String where) {
    if (!node.isTextual() || node.textValue().isBlank()) {
      throw wrong(where, "must be a text");
    }
    return node.textValue();
  }

  List<String> texts(String key) {
    Optional<JsonNode> list = find(key);
    if (list.isPresent() && !list.get().isArray()) {
      throw wrongAt(key, "must be a list of texts");
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < list.map(JsonNode::size).orElse(0); i++) {
      texts.add(text(list.get().get(i), at(key) + "/" + i));
    }
    return texts;
  }

  boolean flag(String key) {
    Optional<JsonNode> flag = find(key);
    if (flag.isPresent() && !flag.get().isBoolean()) {
      throw wrongAt(key, "must be true or false");
    }
    return flag.map(JsonNode::booleanValue).orElse(false);
  }

  /** A number above 0. */
  Optional<Double> positive(String key) {
    Optional<JsonNode> number = find(key);
    if (number.isPresent()
        && !(number.get().isNumber()
            && number.get().doubleValue() > 0
            && Double.isFinite(number.get().doubleValue()))) {
      throw wrongAt(key, "must be a number above 0");
    }
    return number.map(JsonNode::doubleValue);
  }

  /** Two numbers, the lesser first. */
  Optional<Range> range(String key) {
    return find(key).map(node -> range(node, key));
  }

  private Range range(JsonNode node, String key) {
    if (node.isArray()
        && node.size() == 2
        && node.get(0).isNumber()
        && node.get(1).isNumber()
        && node.get(0).doubleValue() < node.get(1).doubleValue()
        && Double.isFinite(node.get(0).doubleValue())
        && Double.isFinite(node.get(1).doubleValue())) {
      return new Range(node.get(0).doubleValue(), node.get(1).doubleValue());
    }
    throw wrongAt(key, "must be a list of two numbers, the lesser first");
  }

  /** A JSON pointer (RFC 6901); empty for the whole. */
  Optional<JsonPointer> pointer(String key) {
    return find(key).map(node -> pointer(node.isTextual() ? node.textValue() : "-", at(key)));
  }

  JsonPointer requirePointer(String key) {
    require(key);
    return pointer(key).orElseThrow();
  }

  /** A JSON pointer to a field, for something that is put there. */
  Optional<JsonPointer> place(String key) {
    return pointer(key).map(place -> place(place, at(key)));
  }

  JsonPointer requirePlace(String key) {
    return place(requirePointer(key), at(key));
  }

  private static JsonPointer place(JsonPointer pointer, String where) {
    if (pointer.matches()) {
      throw wrong(where, "must point to a field, not to the whole");
    }
    return pointer;
  }

  private static JsonPointer pointer(String text, String where) {
    if (!text.isEmpty() && !text.startsWith("/")) {
      throw wrong(where, "must be a JSON pointer, such as /input/prompt");
    }
    return JsonPointer.compile(text);
  }

  /** Values by the places that they are put to. */
  Map<JsonPointer, JsonNode> constants(String key) {
    Map<JsonPointer, JsonNode> constants = new LinkedHashMap<>();
    part(key)
        .ifPresent(
            part ->
                part.object
                    .properties()
                    .forEach(
                        each ->
                            constants.put(
                                place(
                                    pointer(each.getKey(), part.at(each.getKey())),
                                    part.at(each.getKey())),
                                each.getValue())));
    return constants;
  }

  /** Refuses every key that was not asked for. */
  void nothingElse() {
    for (String key : keys()) {
      if (!known.contains(key)) {
        throw wrongAt(key, "is not known; there is " + String.join(", ", known));
      }
    }
  }
}
