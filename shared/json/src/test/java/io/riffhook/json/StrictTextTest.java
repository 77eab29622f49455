package io.riffhook.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.json.StrictText.NotTextException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "Häuser, 人声, नमस्ते", "a 😀 b", "two\nlines\r\n", "e\u0301"})
  void shouldDecodeTextInEachEncodingThatIsRead(String text) throws Exception {
    assertThat(StrictText.decode(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    String marked = "\uFEFF" + text;
    for (Charset charset :
        new Charset[] {
          StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE
        }) {
      assertThat(StrictText.decode(marked.getBytes(charset))).as(charset.name()).isEqualTo(text);
    }
  }

  @Test
  void shouldRemoveTheMarkAndLeaveTheRestToBeJudgedByLine() throws Exception {
    byte[] half = {'a', '\n', (byte) 0xE9};

    assertThat(StrictText.withoutMark(half)).isEqualTo(half);
    assertThat(StrictText.withoutMark(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'a'}))
        .isEqualTo(new byte[] {'a'});
    assertThat(StrictText.withoutMark("\uFEFFé\n".getBytes(StandardCharsets.UTF_16LE)))
        .isEqualTo("é\n".getBytes(StandardCharsets.UTF_8));
    assertThat(StrictText.withoutMark(new byte[] {(byte) 0xEF, (byte) 0xBB})).hasSize(2);
    assertThat(StrictText.withoutMark(new byte[0])).isEmpty();
  }

  @Test
  void shouldRemoveOneByteOrderMarkOnly() throws Exception {
    assertThat(StrictText.decode("\uFEFF\uFEFFa".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("\uFEFFa");
  }

  @ParameterizedTest
  @CsvSource({
    "636166E9,is not valid UTF-8: byte 0xE9 at position 4",
    "E4626332,is not valid UTF-8: byte 0xE4 at position 1",
    "C080,is not valid UTF-8: byte 0xC0 at position 1",
    "EDA080,is not valid UTF-8: byte 0xED at position 1",
    "61E4BA,is not valid UTF-8: byte 0xE4 at position 2",
    "FF,is not valid UTF-8: byte 0xFF at position 1",
    "FEFFD800,is not valid UTF-16BE: byte 0xD8 at position 3",
    "FFFE6100620063,is not valid UTF-16LE: byte 0x63 at position 7"
  })
  void shouldSayWhichByteIsNotText(String hex, String rule) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThatThrownBy(() -> StrictText.decode(bytes))
        .isInstanceOf(NotTextException.class)
        .hasMessageStartingWith(rule);
  }

  @Test
  void shouldRefuseTextInUtf16WithoutAMark() {
    byte[] bytes = "lo-fi".getBytes(StandardCharsets.UTF_16LE);

    assertThatThrownBy(() -> StrictText.decode(bytes))
        .isInstanceOf(NotTextException.class)
        .hasMessage("holds a NUL character: it is not text, or UTF-16 without a byte order mark");
  }

  /** Property: what is decoded encodes to the same bytes again, so no character was replaced. */
  @Test
  void shouldNeverReplaceACharacter() {
    Random random = new Random(7);
    int decoded = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(12)];
      random.nextBytes(bytes);
      if (i % 2 == 0) {
        int point = random.nextInt(0x110000);
        bytes = new String(new int[] {point}, 0, 1).getBytes(StandardCharsets.UTF_8);
      }
      try {
        String text = StrictText.decode(bytes);
        decoded++;
        boolean marked = bytes.length > 1 && (bytes[0] == (byte) 0xFE || bytes[0] == (byte) 0xFF);
        if (!marked) {
          byte[] again = text.getBytes(StandardCharsets.UTF_8);
          byte[] withMark = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
          assertThat(bytes).isIn(again, withMark);
        }
      } catch (NotTextException e) {
        assertThat(e).hasMessageMatching("(is not valid|holds a NUL) .*");
      }
    }
    assertThat(decoded).isGreaterThan(5_000);
  }
}
