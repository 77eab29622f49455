package io.riffhook.providers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.providers.http.ProviderJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** A document in every state that it can come in. */
public final class Damage {
  private static final List<String> ODD =
      List.of(
          "null", "7", "-1.5", "1e400", "true", "\"\"", "\"x\"", "[]", "{}", "[[null]]", "[{}]");

  private Damage() {}

  /** The document with each of its values, one after the other, gone or something else. */
  public static void ofValues(String document, Consumer<JsonNode> each) {
    JsonNode whole = json(document.getBytes(StandardCharsets.UTF_8));
    ODD.forEach(odd -> each.accept(json(odd.getBytes(StandardCharsets.UTF_8))));
    inside(whole, whole, each);
  }

  private static void inside(JsonNode whole, JsonNode node, Consumer<JsonNode> each) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        JsonNode value = object.get(name);
        inside(whole, value, each);
        object.remove(name);
        each.accept(whole);
        for (String odd : ODD) {
          object.set(name, json(odd.getBytes(StandardCharsets.UTF_8)));
          each.accept(whole);
        }
        object.set(name, value);
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode value = array.get(i);
        inside(whole, value, each);
        for (String odd : ODD) {
          array.set(i, json(odd.getBytes(StandardCharsets.UTF_8)));
          each.accept(whole);
        }
        array.set(i, value);
      }
    }
  }

  /** The document with some of its bytes changed, thousands of times, always the same. */
  public static void ofBytes(String document, Consumer<byte[]> each) {
    Random random = new Random(7);
    byte[] body = document.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 5_000; i++) {
      byte[] damaged = body.clone();
      for (int flips = random.nextInt(8); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      each.accept(damaged);
    }
  }

  /** The document in some bytes as a call would have it: a missing node where they hold none. */
  public static JsonNode json(byte[] body) {
    try {
      return ProviderJson.read(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
