package io.riffhook.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Reads and writes JSON as Jackson's trees. The same as an {@code ObjectMapper} does with {@code
 * readTree} and {@code writeValueAsString}, but for the mapper: it is made for classes of any kind,
 * and loads some 400 classes of its own, which a function's first call would wait for. For the same
 * reason nothing that has to be quick may call {@link JsonNode#toString}, which makes a mapper.
 *
 * <p>Safe for use by several threads.
 */
public final class JsonTrees {
  private final JsonFactory factory;
  private final JsonNodeFactory nodes;

  /** Trees as they are usually made. */
  public JsonTrees(JsonFactory factory) {
    this(factory, JsonNodeFactory.instance);
  }

  /**
   * Trees of nodes of one's own.
   *
   * @param factory knows the limits of what is read, and how texts are escaped
   */
  public JsonTrees(JsonFactory factory, JsonNodeFactory nodes) {
    this.factory = factory;
    this.nodes = nodes;
  }

  /**
   * Reads the one document in some bytes; a missing node if there is none.
   *
   * @throws JsonProcessingException if it is not JSON, is beyond the factory's limits, or more than
   *     white space follows it
   */
  public JsonNode read(byte[] bytes) throws JsonProcessingException {
    try (JsonParser parser = factory.createParser(bytes)) {
      return only(parser);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Reads the one document in a text; a missing node if there is none.
   *
   * @throws JsonProcessingException if it is not JSON, is beyond the factory's limits, or more than
   *     white space follows it
   */
  public JsonNode read(String text) throws JsonProcessingException {
    try (JsonParser parser = factory.createParser(text)) {
      return only(parser);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Reads the one document of a stream; a missing node if there is none.
   *
   * @throws JsonProcessingException if it is not JSON, is beyond the factory's limits, or more than
   *     white space follows it
   * @throws IOException if the stream fails
   */
  public JsonNode read(InputStream in) throws IOException {
    try (JsonParser parser = factory.createParser(in)) {
      return only(parser);
    }
  }

  /**
   * Reads the first document in some bytes and ignores what follows it; a missing node if there is
   * none.
   *
   * @throws JsonProcessingException if it is not JSON or is beyond the factory's limits
   */
  public JsonNode readFirst(byte[] bytes) throws JsonProcessingException {
    try (JsonParser parser = factory.createParser(bytes)) {
      return document(parser);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** What is in memory fails to be read in one way only: its bytes are no characters. */
  private static JsonProcessingException unreadable(IOException e) {
    return e instanceof JsonProcessingException known
        ? known
        : new JsonParseException(null, "its bytes are no text", e);
  }

  /** The document as a text. */
  public String text(JsonNode node) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = factory.createGenerator(text)) {
      write(node, generator);
    } catch (IOException e) {
      throw new UncheckedIOException("a tree can always be written", e);
    }
    return text.toString();
  }

  private JsonNode only(JsonParser parser) throws IOException {
    JsonNode document = document(parser);
    if (parser.nextToken() != null) {
      throw new JsonParseException(
          parser, "the document has ended, and more follows it", parser.currentTokenLocation());
    }
    return document;
  }

  private JsonNode document(JsonParser parser) throws IOException {
    return parser.nextToken() == null ? MissingNode.getInstance() : value(parser);
  }

  private JsonNode value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> nodes.textNode(parser.getText());
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      case VALUE_NULL -> nodes.nullNode();
      case VALUE_EMBEDDED_OBJECT, FIELD_NAME, END_OBJECT, END_ARRAY, NOT_AVAILABLE ->
          throw new IllegalStateException("no value starts with " + token);
    };
  }

  private ObjectNode object(JsonParser parser) throws IOException {
    ObjectNode object = nodes.objectNode();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      object.set(name, value(parser));
    }
    return object;
  }

  private ArrayNode array(JsonParser parser) throws IOException {
    ArrayNode array = nodes.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  private JsonNode whole(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> nodes.numberNode(parser.getIntValue());
      case LONG -> nodes.numberNode(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> nodes.numberNode(parser.getBigIntegerValue());
    };
  }

  private static void write(JsonNode node, JsonGenerator to) throws IOException {
    switch (node.getNodeType()) {
      case OBJECT -> {
        to.writeStartObject();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
          to.writeFieldName(field.getKey());
          write(field.getValue(), to);
        }
        to.writeEndObject();
      }
      case ARRAY -> {
        to.writeStartArray();
        for (JsonNode element : node) {
          write(element, to);
        }
        to.writeEndArray();
      }
      case STRING -> to.writeString(node.textValue());
      case NUMBER -> number(node, to);
      case BOOLEAN -> to.writeBoolean(node.booleanValue());
      case NULL -> to.writeNull();
      case MISSING, BINARY, POJO ->
          throw new IllegalArgumentException(node.getNodeType() + " is not of JSON");
    }
  }

  private static void number(JsonNode node, JsonGenerator to) throws IOException {
    switch (node.numberType()) {
      case INT -> to.writeNumber(node.intValue());
      case LONG -> to.writeNumber(node.longValue());
      case BIG_INTEGER -> to.writeNumber(node.bigIntegerValue());
      case FLOAT -> to.writeNumber(node.floatValue());
      case DOUBLE -> to.writeNumber(node.doubleValue());
      case BIG_DECIMAL -> to.writeNumber(node.decimalValue());
    }
  }
}
