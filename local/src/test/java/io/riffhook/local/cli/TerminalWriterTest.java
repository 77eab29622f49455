package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalWriterTest {
  private final StringWriter screen = new StringWriter();
  private final TerminalWriter writer = new TerminalWriter(screen, false);

  @ParameterizedTest
  @ValueSource(strings = {"Paper Boats", "종이배, 人声", "a\tb\nc", "😀 é e\u0301", "עברית", "\uFFFD"})
  void shouldPrintTextAsItIs(String text) {
    writer.print(text);

    assertThat(screen).hasToString(text);
  }

  @Test
  void shouldPrintWhatSteersATerminalAsAnEscape() {
    writer.print(
        "\u001b[2J\u001b]0;title\u0007 \r"
            + "\b\u007f\u009b31m \u202Egpj.exe \u2066x\u2069\u200f\u2028");

    assertThat(screen)
        .hasToString(
            "\\u001b[2J\\u001b]0;title\\u0007 \\u000d\\u0008\\u007f\\u009b31m \\u202egpj.exe"
                + " \\u2066x\\u2069\\u200f\\u2028");
  }

  @Test
  void shouldCleanWhicheverWayTextIsPrinted() {
    writer.print('\u001b');
    writer.print(new char[] {'a', '\u001b'});
    writer.printf("%s", "\u001b");
    writer.append("\u001b").append('\u001b').append("x\u001by", 1, 2);
    writer.write("\u001b");
    writer.write(0x1b);

    assertThat(screen.toString()).doesNotContain("\u001b").startsWith("\\u001ba\\u001b");
  }

  @Test
  void shouldLeaveJsonTheSameJson() throws Exception {
    String title = "a\u202Eb\u009b";
    String json = JsonNodeFactory.instance.objectNode().put("title", title).toString();

    writer.print(json);

    assertThat(screen.toString()).isNotEqualTo(json).doesNotContain("\u202E");
    assertThat(new ObjectMapper().readTree(screen.toString()).path("title").asText())
        .isEqualTo(title);
  }

  @Test
  void shouldPassOnOurOwnSequences() {
    TerminalWriter.over(writer).control("\r\u001b[K");
    TerminalWriter.over(new PrintWriter(screen)).control("\u001b[K");

    assertThat(screen).hasToString("\r\u001b[K\u001b[K");
  }
}
