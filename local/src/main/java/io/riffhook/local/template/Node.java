package io.riffhook.local.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A piece of a template as it is written: text, a list, fields, or a call of an intrinsic function.
 */
public sealed interface Node {

  /** A scalar; numbers and booleans keep the letters they are written with. */
  record Text(String value) implements Node {}

  record Items(List<Node> values) implements Node {
    public Items {
      values = List.copyOf(values);
    }
  }

  record Fields(Map<String, Node> values) implements Node {
    static final Fields NONE = new Fields(Map.of());

    public Fields {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public Optional<Node> find(String name) {
      return Optional.ofNullable(values.get(name));
    }

    /** The fields under a name, or none. */
    public Fields fields(String name) {
      return find(name).map(Node::asFields).orElse(NONE);
    }

    /**
     * These fields, with another's on top; fields that both have are merged in depth, as SAM merges
     * its Globals.
     */
    Fields overlaidBy(Fields other) {
      Map<String, Node> merged = new LinkedHashMap<>(values);
      other.values.forEach(
          (name, node) ->
              merged.merge(
                  name,
                  node,
                  (below, above) ->
                      below instanceof Fields lower && above instanceof Fields upper
                          ? lower.overlaidBy(upper)
                          : above));
      return new Fields(merged);
    }
  }

  /**
   * A call such as {@code !Ref Table}: the function by its short name, without the exclamation
   * mark.
   */
  record Call(String function, Node argument) implements Node {}

  default Fields asFields() {
    if (this instanceof Fields fields) {
      return fields;
    }
    throw new TemplateException("expected fields, found " + this);
  }

  default List<Node> asItems() {
    if (this instanceof Items items) {
      return items.values();
    }
    throw new TemplateException("expected a list, found " + this);
  }

  default String asText() {
    if (this instanceof Text text) {
      return text.value();
    }
    throw new TemplateException("expected text, found " + this);
  }

  /** This node and all below it. */
  default Stream<Node> walk() {
    Stream<Node> below =
        switch (this) {
          case Text text -> Stream.empty();
          case Items items -> items.values().stream();
          case Fields fields -> fields.values().values().stream();
          case Call call -> Stream.of(call.argument());
        };
    return Stream.concat(Stream.of(this), below.flatMap(Node::walk));
  }
}
