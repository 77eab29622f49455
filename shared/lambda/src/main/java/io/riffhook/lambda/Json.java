package io.riffhook.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.json.JsonTrees;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

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
