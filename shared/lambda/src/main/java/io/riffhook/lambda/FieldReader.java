package io.riffhook.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.FieldError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the fields of an object and notes every one that breaks a rule, rather than the first. */
final class FieldReader {
  private static final int MAX_SECONDS = 36_000;

  private final JsonNode object;
  private final String pointer;
  private final List<FieldError> errors;
  private final Set<String> known = new HashSet<>();

  FieldReader(JsonNode object, String pointer, List<FieldError> errors) {
    this.object = object;
    this.pointer = pointer;
    this.errors = errors;
  }

  /** The field, where it is there and not null. */
  Optional<JsonNode> field(String name) {
    known.add(name);
    JsonNode value = object.path(name);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  /** Whether the field is there, null or not. */
  boolean has(String name) {
    return object.has(name);
  }

  /** Whether the field is there and null, which in a merge patch takes a value away. */
  boolean isNull(String name) {
    return object.path(name).isNull();
  }

  Optional<String> text(String name, int maxLength) {
    return field(name).flatMap(value -> text(name, value, maxLength));
  }

  private Optional<String> text(String name, JsonNode value, int maxLength) {
    if (!value.isTextual()) {
      return wrong(name, "must be a string");
    }
    String text = value.textValue();
    if (text.isBlank()) {
      return wrong(name, "must not be blank");
    }
    if (text.length() > maxLength) {
      return wrong(
          name, "must have at most " + maxLength + " characters, and has " + text.length());
    }
    if (text.codePoints().anyMatch(FieldReader::isHalf)) {
      return wrong(name, "must not hold half a character (a surrogate without its pair)");
    }
    return Optional.of(text);
  }

  /** JSON can spell it, but no UTF-8 can, and so neither a store nor an answer. */
  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** As {@link #text}, for what goes into headers and logs: no control characters. */
  Optional<String> line(String name, int maxLength) {
    Optional<String> text = text(name, maxLength);
    return text.isPresent() && text.get().chars().anyMatch(Character::isISOControl)
        ? wrong(name, "must not hold control characters")
        : text;
  }

  String required(String name, int maxLength) {
    if (field(name).isEmpty()) {
      wrong(name, "is required");
      return "";
    }
    return text(name, maxLength).orElse("");
  }

  boolean flag(String name) {
    Optional<JsonNode> value = field(name);
    if (value.isPresent() && !value.get().isBoolean()) {
      wrong(name, "must be true or false");
    }
    return value.filter(JsonNode::booleanValue).isPresent();
  }

  /** A number from 0 to 1. */
  OptionalDouble share(String name) {
    Optional<JsonNode> value = field(name);
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    double number = value.get().doubleValue();
    if (!value.get().isNumber() || !(number >= 0 && number <= 1)) {
      wrong(name, "must be a number from 0 to 1");
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(number);
  }

  /** A number of seconds, 0 or more. */
  OptionalDouble seconds(String name) {
    Optional<JsonNode> value = field(name);
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    double number = value.get().doubleValue();
    if (!value.get().isNumber() || !(number >= 0 && number <= MAX_SECONDS)) {
      wrong(name, "must be a number of seconds from 0 to " + MAX_SECONDS);
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(number);
  }

  /** A whole number, 0 or more. */
  OptionalLong whole(String name) {
    Optional<JsonNode> value = field(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!value.get().canConvertToInt()
        || !value.get().isIntegralNumber()
        || value.get().intValue() < 0) {
      wrong(name, "must be a whole number from 0 to " + Integer.MAX_VALUE);
      return OptionalLong.empty();
    }
    return OptionalLong.of(value.get().longValue());
  }

  <T> Optional<T> wrong(String name, String rule) {
    return wrongAt(pointerTo(name), rule);
  }

  /** The JSON pointer (RFC 6901) from an object to a field of it. */
  static String pointerTo(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /** As {@link #wrong}, for what a pointer below the object leads to. */
  <T> Optional<T> wrongAt(String below, String rule) {
    errors.add(new FieldError(pointer + below, rule));
    return Optional.empty();
  }

  /** Notes every field that nobody asked for. */
  void nothingElse(String rule) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                wrong(name, rule);
              }
            });
  }

  /** A reader of an object in a list below this one. */
  FieldReader below(JsonNode item, String path) {
    return new FieldReader(item, pointer + path, errors);
  }

  static List<FieldError> noErrors() {
    return new ArrayList<>();
  }
}
