package io.riffhook.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mapper makes of the same documents is the measure. */
class JsonTreesTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final JsonTrees trees = new JsonTrees(new JsonFactory());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{} trailing",
        "{\"prompt\":\"a\"}}}}",
        "{\"prompt\":\"a\"}\n{\"prompt\":\"b\"}\n",
        "[1] [2]",
        "1 2",
        "{},"
      })
  void shouldRefuseMoreThanOneDocumentUnlessOnlyTheFirstIsRead(String json) throws IOException {
    byte[] bytes = json.getBytes(UTF_8);

    assertThatThrownBy(() -> trees.read(bytes)).isInstanceOf(JsonProcessingException.class);
    assertThatThrownBy(() -> trees.read(json)).isInstanceOf(JsonProcessingException.class);
    assertThatThrownBy(() -> trees.read(new ByteArrayInputStream(bytes)))
        .isInstanceOf(JsonProcessingException.class);
    assertThat(trees.readFirst(bytes)).isEqualTo(MAPPER.readTree(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "true",
        "false",
        "0",
        "-17",
        "2147483648",
        "-9223372036854775808",
        "9223372036854775808",
        "123456789012345678901234567890",
        "1.5",
        "-0.0",
        "1e400",
        "1.0e-7",
        "0.1000000000000000055511151231257827",
        "\"\"",
        "\"a \\\"quoted\\\" \\u0000 \\ud83d\\ude00 \\ud800 text\"",
        "{\"a\":{\"b\":[1,2.5,{\"c\":null}]},\"d\":\"e\",\"a\":\"again\"}",
        "[[],[[]],{\"\":{}}]",
        "  [1 , 2 ]\n"
      })
  void shouldReadAndWriteAsAMapperDoes(String json) throws IOException {
    JsonNode wanted = MAPPER.readTree(json);

    assertThat(trees.read(json)).isEqualTo(wanted);
    assertThat(trees.read(json.getBytes(UTF_8))).isEqualTo(wanted);
    assertThat(trees.read(new ByteArrayInputStream(json.getBytes(UTF_8)))).isEqualTo(wanted);
    assertThat(trees.text(wanted)).isEqualTo(MAPPER.writeValueAsString(wanted));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[1,", "{\"a\":}", "}", "]", "nul", "{\"a\" 1}", "[1,]", "01"})
  void shouldRefuseWhatAMapperRefuses(String json) {
    assertThatThrownBy(() -> MAPPER.readTree(json)).isInstanceOf(JsonProcessingException.class);
    assertThatThrownBy(() -> trees.read(json)).isInstanceOf(JsonProcessingException.class);
    assertThatThrownBy(() -> trees.read(json.getBytes(UTF_8)))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void shouldSayThatThereIsNoDocument() throws IOException {
    assertThat(trees.read("")).isSameAs(MissingNode.getInstance());
    assertThat(trees.read(" \n")).isSameAs(MissingNode.getInstance());
    assertThat(trees.read(new byte[0])).isSameAs(MissingNode.getInstance());
    assertThat(trees.read(InputStream.nullInputStream())).isSameAs(MissingNode.getInstance());
  }

  @Test
  void shouldTellBytesThatAreNoText() {
    byte[] utf32 = {0, 0, 0, '"', 0x7f, 0, 0, 0};
    assertThatThrownBy(() -> trees.read(utf32)).isInstanceOf(JsonParseException.class);
  }

  @Test
  void shouldTellThatAStreamFails() {
    IOException broken = new IOException("broken");
    InputStream stream =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw broken;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw broken;
          }
        };
    assertThatThrownBy(() -> trees.read(stream)).isSameAs(broken);
  }

  @Test
  void shouldKeepTheLimitsOfItsFactory() {
    JsonTrees limited =
        new JsonTrees(
            JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(2).maxTokenCount(9).build())
                .build());
    assertThatThrownBy(() -> limited.read("[[[]]]")).isInstanceOf(StreamConstraintsException.class);
    assertThatThrownBy(() -> limited.read("[1,2,3,4,5,6,7,8,9,10]"))
        .isInstanceOf(StreamConstraintsException.class);
    assertThatThrownBy(() -> limited.read("{\"a\":1,\"a\":2}"))
        .isInstanceOf(JsonParseException.class)
        .hasMessageContaining("Duplicate");
  }

  @Test
  void shouldWriteEveryKindOfNumber() throws IOException {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    JsonNode numbers =
        nodes
            .arrayNode()
            .add(nodes.numberNode((short) 1))
            .add(2)
            .add(3L)
            .add(BigInteger.TWO.pow(70))
            .add(0.5f)
            .add(0.25)
            .add(new BigDecimal("1.10"));
    assertThat(trees.text(numbers)).isEqualTo(MAPPER.writeValueAsString(numbers));
  }

  @Test
  void shouldEscapeAsItsFactorySays() {
    JsonTrees ascii =
        new JsonTrees(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());
    assertThat(ascii.text(JsonNodeFactory.instance.textNode("Käse"))).isEqualTo("\"K\\u00E4se\"");
  }

  @Test
  void shouldRefuseWhatJsonHasNot() {
    assertThatThrownBy(() -> trees.text(BinaryNode.valueOf(new byte[] {1})))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> trees.text(MissingNode.getInstance()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
