package io.riffhook.providers.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Cut;
import io.riffhook.domain.WebUrl;
import io.riffhook.json.JsonTrees;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Reads what providers send. They are not trusted: depth and length are limited. */
public final class ProviderJson {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_DOCUMENT = 16 * 1024 * 1024;
  private static final int MAX_TEXT = 8 * 1024 * 1024;
  private static final int MAX_NAME = 4 * 1024;
  private static final int MAX_FIELD = 100;

  /**
   * A node takes many times the bytes of what it was read from: a document of nothing but brackets
   * would fill the memory. Word timings of a long song are some ten thousand tokens.
   */
  private static final int MAX_TOKENS = 500_000;

  private static final int REPLACEMENT = 0xFFFD;

  /** Beyond these a number is no length of a song, and in the end none that DynamoDB can hold. */
  private static final double MIN_SECONDS = 1e-6;

  private static final double MAX_SECONDS = 1e9;

  /** Below it every whole number is a double of its own. */
  private static final double MAX_EXACT = 1L << 53;

  private static final JsonTrees TREES =
      new JsonTrees(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(MAX_DEPTH)
                      .maxDocumentLength(MAX_DOCUMENT)
                      .maxTokenCount(MAX_TOKENS)
                      .maxNameLength(MAX_NAME)
                      .maxStringLength(MAX_TEXT)
                      .maxNumberLength(100)
                      .build())
              .build(),
          new WholeTexts());

  private ProviderJson() {}

  /**
   * Reads the document in some bytes; a missing node if there are none. Whatever follows the
   * document is ignored: to refuse the answer of a create call for it would leave the outcome of a
   * paid call unknown.
   */
  public static JsonNode read(byte[] body) throws JsonProcessingException {
    return TREES.readFirst(body);
  }

  /** The document in a text, as providers put JSON in JSON; empty where the text is none. */
  public static Optional<JsonNode> readText(String text) {
    try {
      return Optional.of(TREES.read(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** A document as a text, to be sent. */
  public static String written(JsonNode document) {
    return TREES.text(document);
  }

  /** A value that may stand in a text, as some providers write numbers. */
  public static JsonNode unquoted(JsonNode value) {
    return value.isTextual() ? readText(value.textValue()).orElse(value) : value;
  }

  /** A field that holds a link. A text that is not a URL is a link that cannot be read. */
  public static Optional<AssetSource> link(JsonNode node, String field) {
    return text(node, field).map(text -> link(field, text));
  }

  /** The first of some fields that holds a readable link, else the first that holds a text. */
  public static Optional<AssetSource> link(JsonNode node, List<String> fields) {
    List<AssetSource> links = fields.stream().flatMap(field -> link(node, field).stream()).toList();
    return links.stream()
        .filter(AssetSource.Link.class::isInstance)
        .findFirst()
        .or(() -> links.stream().findFirst());
  }

  /**
   * The link in a text.
   *
   * @param field the name of the field that holds the text, for the error
   */
  public static AssetSource link(String field, String text) {
    return switch (WebUrl.read(text)) {
      case WebUrl.Reading.Read read -> new AssetSource.Link(read.url().uri());
      case WebUrl.Reading.Unreadable unreadable ->
          new AssetSource.Unreadable(
              "its " + Cut.to(MAX_FIELD, field) + " cannot be read: it " + unreadable.why());
    };
  }

  /** A field that holds a length of time, in a unit of so many seconds; above 0. */
  public static OptionalDouble seconds(JsonNode node, String field, double unit) {
    return seconds(node.path(field), unit);
  }

  /** A length of time, in a unit of so many seconds; above 0, and not beyond all measure. */
  public static OptionalDouble seconds(JsonNode value, double unit) {
    double seconds = value.asDouble() * unit;
    return value.isNumber() && seconds >= MIN_SECONDS && seconds <= MAX_SECONDS
        ? OptionalDouble.of(seconds)
        : OptionalDouble.empty();
  }

  /** A field that holds a share of a hundred. */
  public static OptionalInt percent(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNumber()
        ? OptionalInt.of(Math.clamp(value.asLong(), 0, 100))
        : OptionalInt.empty();
  }

  /**
   * A number to send: without a fraction where it has none, for not every server takes {@code 30.0}
   * for a whole number.
   */
  public static NumericNode number(double value) {
    return value == Math.rint(value) && Math.abs(value) < MAX_EXACT
        ? JsonNodeFactory.instance.numberNode((long) value)
        : JsonNodeFactory.instance.numberNode(value);
  }

  /** A new object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A field that holds a text with something in it. */
  public static Optional<String> text(JsonNode node, String field) {
    return text(node.path(field));
  }

  /** A text with something in it. */
  public static Optional<String> text(JsonNode value) {
    return value.isTextual() && !value.textValue().isBlank()
        ? Optional.of(value.textValue())
        : Optional.empty();
  }

  /**
   * Makes texts whose halves of characters are U+FFFD: JSON can spell them, but no UTF-8 can, and
   * so no store takes them.
   */
  private static final class WholeTexts extends JsonNodeFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public TextNode textNode(String text) {
      return super.textNode(text.codePoints().anyMatch(WholeTexts::isHalf) ? whole(text) : text);
    }

    private static String whole(String text) {
      return text.codePoints()
          .map(point -> isHalf(point) ? REPLACEMENT : point)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();
    }

    private static boolean isHalf(int codePoint) {
      return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
  }
}
