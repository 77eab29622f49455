package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchFileTest {
  @TempDir Path folder = Path.of("");

  private Path file(String name, byte[] bytes) throws Exception {
    return Files.write(folder.resolve(name), bytes);
  }

  private Path file(String name, String text, Charset charset) throws Exception {
    return file(name, text.getBytes(charset));
  }

  @Test
  void shouldReadFilesAsEditorsSaveThem() throws Exception {
    for (String text :
        List.of(
            "雨\nsnow\n",
            "雨\r\nsnow\r\n",
            "雨\nsnow",
            "\uFEFF雨\nsnow\n",
            "\uFEFF雨\r\n\r\nsnow\r\n")) {
      assertThat(BatchFile.read(file("a.txt", text, StandardCharsets.UTF_8)).jobs().toString())
          .as(text)
          .isEqualTo("[{\"prompt\":\"雨\"},{\"prompt\":\"snow\"}]");
    }
    for (Charset utf16 : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      assertThat(BatchFile.read(file("a.txt", "\uFEFF雨\r\nsnow\r\n", utf16)).jobs().toString())
          .isEqualTo("[{\"prompt\":\"雨\"},{\"prompt\":\"snow\"}]");
    }
    assertThat(
            BatchFile.read(file("a.jsonl", "\uFEFF{\"prompt\":\"雨\"}\r\n", StandardCharsets.UTF_8))
                .jobs()
                .toString())
        .isEqualTo("[{\"prompt\":\"雨\"}]");
  }

  @Test
  void shouldKnowTheLineOfEachJob() throws Exception {
    assertThat(BatchFile.read(file("a.txt", "\n\nrain\n\nsnow", StandardCharsets.UTF_8)).lines())
        .containsExactly(3, 5);
  }

  @Test
  void shouldNameEveryLineThatCannotBeUsed() throws Exception {
    Path prompts =
        file("a.txt", "rain\ncaf\u00e9\nsnow\nna\u00efve\n", StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> BatchFile.read(prompts))
        .isInstanceOf(CliException.class)
        .message()
        .satisfies(
            words ->
                assertThat(words.lines())
                    .containsExactly(
                        prompts + " cannot be used:",
                        "  line 2 is not valid UTF-8: byte 0xE9 at position 4 does not belong to"
                            + " any character",
                        "  line 4 is not valid UTF-8: byte 0xEF at position 3 does not belong to"
                            + " any character"));

    Path lines =
        file(
            "a.jsonl",
            "{\"prompt\":\"a\"}\n{\"prompt\":\"a\"}{\"prompt\":\"b\"}\n{\"prompt\":\"\uFFFD\"}\n{",
            StandardCharsets.UTF_8);
    assertThatThrownBy(() -> BatchFile.read(lines))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("  line 2 is not JSON: ")
        .hasMessageContaining("  line 3 holds U+FFFD")
        .hasMessageContaining("  line 4 is not JSON: ");
  }

  @Test
  void shouldRefuseUtf16WithoutAMark() throws Exception {
    Path prompts = file("a.txt", "rain\n", StandardCharsets.UTF_16LE);
    assertThatThrownBy(() -> BatchFile.read(prompts))
        .hasMessageContaining("holds a NUL character: it is not text, or UTF-16 without");
  }
}
