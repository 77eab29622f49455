package io.riffhook.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.FieldError;
import io.riffhook.json.JsonTrees;
import io.riffhook.json.StrictText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** JSON as trees, with limits on depth and length: what comes in is not trusted. */
final class Json {
  /** An invocation's payload is 6 MB at most; Lambda sees to it. */
  private static final int MAX_DOCUMENT = 12 * 1024 * 1024;

  /**
   * A node takes many times the bytes of what it was read from: 100,000 of them take some 10 MB.
   */
  private static final int MAX_TOKENS = 100_000;

  /** All headers of a request have 10,240 bytes at most; API Gateway sees to it. */
  private static final int MAX_NAME = 16 * 1024;

  private static final String LOST =
      "holds U+FFFD, which stands for a character that could not be decoded";

  private static final JsonTrees TREES =
      new JsonTrees(
          JsonFactory.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(64)
                      .maxDocumentLength(MAX_DOCUMENT)
                      .maxTokenCount(MAX_TOKENS)
                      .maxNameLength(MAX_NAME)
                      .maxStringLength(MAX_DOCUMENT)
                      .maxNumberLength(100)
                      .build())
              .build());

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * Reads a JSON object that a caller wrote.
   *
   * @throws UnreadableException if it is not exactly one object in valid UTF-8, or a text in it
   *     lost a character before it arrived
   */
  static JsonNode body(byte[] bytes) throws UnreadableException {
    JsonNode document;
    try {
      document = TREES.read(StrictText.decode(bytes));
    } catch (StrictText.NotTextException e) {
      throw new UnreadableException(String.valueOf(e.getMessage()), List.of());
    } catch (JsonProcessingException e) {
      throw new UnreadableException("is not JSON: " + e.getOriginalMessage(), List.of());
    }
    if (!document.isObject()) {
      throw new UnreadableException("must be a JSON object", List.of());
    }
    List<FieldError> damaged = new ArrayList<>();
    damaged(document, "", damaged);
    if (!damaged.isEmpty()) {
      throw new UnreadableException(
          "lost characters on the way here, so send it as UTF-8", damaged);
    }
    return document;
  }

  /** Whatever decoded the text before us puts U+FFFD in place of what it could not decode. */
  private static void damaged(JsonNode node, String pointer, List<FieldError> errors) {
    if (node.isTextual() && node.textValue().indexOf(StrictText.REPLACEMENT) >= 0) {
      errors.add(new FieldError(pointer, LOST));
    }
    node.properties()
        .forEach(
            field -> {
              String name = field.getKey();
              String below = pointer + FieldReader.pointerTo(name);
              if (name.indexOf(StrictText.REPLACEMENT) >= 0) {
                errors.add(new FieldError(below, "is a name that " + LOST));
              }
              damaged(field.getValue(), below, errors);
            });
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        damaged(node.get(i), pointer + "/" + i, errors);
      }
    }
  }

  /** A caller's document is not taken. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> errors;

    private UnreadableException(String rule, List<FieldError> errors) {
      super(rule);
      this.errors = List.copyOf(errors);
    }

    /** The rule that is broken, as a sentence. */
    String sentence() {
      return "It " + getMessage() + ".";
    }

    /** The texts that lost characters. */
    List<FieldError> errors() {
      return errors;
    }
  }

  /** The document; a missing node where there is none. */
  static JsonNode read(byte[] bytes) throws JsonProcessingException {
    return TREES.read(bytes);
  }

  static JsonNode read(InputStream in) throws IOException {
    return TREES.read(in);
  }

  /** The document as a text. */
  static String text(JsonNode node) {
    return TREES.text(node);
  }

  /** The document as UTF-8. By way of a text: written at once, half a character would throw. */
  static byte[] bytes(JsonNode node) {
    return TREES.text(node).getBytes(StandardCharsets.UTF_8);
  }
}
