package io.riffhook.attacks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** JSON near to what is really sent: a real document whose values a program of bytes changes. */
public final class Documents {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final int MAX_STEPS = 16;

  /** What nobody would send who means well. */
  private static final List<String> ODD =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "0.5",
          "1e999999999",
          "-1e-999999999",
          "9".repeat(100),
          "9".repeat(2_000),
          "9223372036854775808",
          "\"\"",
          "\" \"",
          "\"0\"",
          "\"completed\"",
          "\"failed\"",
          "\"\\ud800\"",
          "\"\\udc00x\\ud800\"",
          "\"\\u0000\"",
          "\"\\r\\nx-evil: 1\"",
          "\"${jndi:ldap://127.0.0.1/x}\"",
          "\"../../etc/passwd\"",
          "\"https://127.0.0.1:1/x\"",
          "\"http://[::1\"",
          "\"%00%zz\"",
          "\"" + "x".repeat(70_000) + "\"",
          "[]",
          "{}",
          "[[[]]]",
          "[{}]",
          "{\"\":{}}",
          "[".repeat(100) + "]".repeat(100),
          "[".repeat(100_000),
          "[" + "0,".repeat(5_000) + "0]",
          "{\"a\":1,\"a\":2}",
          "NaN",
          "\u00e9");

  private Documents() {}

  /**
   * A document.
   *
   * @param program which of the seeds, and then three bytes for each change
   */
  public static byte[] of(List<String> seeds, byte[] program) {
    ByteBuffer steps = ByteBuffer.wrap(program);
    String seed = seeds.get(steps.hasRemaining() ? (steps.get() & 0xff) % seeds.size() : 0);
    if (!steps.hasRemaining()) {
      return seed.getBytes(StandardCharsets.UTF_8);
    }
    try {
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      root.set("document", JSON.readTree(seed));
      for (int i = 0; i < MAX_STEPS && steps.remaining() >= 3; i++) {
        change(root, steps.get() & 0xff, steps.get() & 0xff, steps.get() & 0xff);
      }
      JsonNode document = root.path("document");
      return JSON.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void change(ObjectNode root, int where, int how, int what) {
    List<Place> places = new ArrayList<>();
    collect(root, places);
    if (places.isEmpty()) {
      return;
    }
    Place place = places.get(where % places.size());
    JsonNode other = places.get(what % places.size()).value().deepCopy();
    switch (how % 5) {
      case 0 -> place.set(raw(ODD.get(what % ODD.size())));
      case 1 -> place.remove();
      case 2 -> place.set(other);
      case 3 -> place.add(other);
      default ->
          place.set(
              place.value().isTextual()
                  ? JsonNodeFactory.instance.textNode(place.value().asText() + (char) (what * 257))
                  : JsonNodeFactory.instance.numberNode(what - 128L));
    }
  }

  private static JsonNode raw(String json) {
    return JsonNodeFactory.instance.rawValueNode(new RawValue(json));
  }

  private static void collect(JsonNode node, List<Place> places) {
    switch (node) {
      case ObjectNode object ->
          object
              .properties()
              .forEach(
                  field -> {
                    places.add(new Place(object, Optional.of(field.getKey()), 0));
                    collect(field.getValue(), places);
                  });
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          places.add(new Place(array, Optional.empty(), i));
          collect(array.get(i), places);
        }
      }
      default -> {
        // A value: its place is its parent's.
      }
    }
  }

  /** Where in a document a value stands. */
  private record Place(ContainerNode<?> parent, Optional<String> name, int index) {
    JsonNode value() {
      return name.isPresent() ? parent.path(name.get()) : parent.path(index);
    }

    void set(JsonNode value) {
      if (parent instanceof ObjectNode object) {
        object.set(name.orElseThrow(), value);
      } else if (parent instanceof ArrayNode array) {
        array.set(index, value);
      }
    }

    void remove() {
      if (parent instanceof ObjectNode object) {
        object.remove(name.orElseThrow());
      } else if (parent instanceof ArrayNode array) {
        array.remove(index);
      }
    }

    void add(JsonNode value) {
      if (parent instanceof ObjectNode object) {
        object.set(name.orElseThrow() + "2", value);
      } else if (parent instanceof ArrayNode array) {
        array.insert(index, value);
      }
    }
  }

  /** The text of a resource of the providers' tests. */
  public static String resource(String provider, String name) {
    String path = "/io/riffhook/providers/" + provider + "/" + name;
    try (InputStream in = Documents.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new AssertionError("no resource " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
