package io.riffhook.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.BatchCandidate;
import io.riffhook.domain.FieldError;
import io.riffhook.lambda.BatchBody;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read out of a file in the inbox. */
final class DroppedFilesTest {
  private static final String GOOD = "{\"prompt\":\"rain\"}";

  private static List<BatchCandidate> lines(String file) {
    return BatchBody.ofFile(file.getBytes(UTF_8), true);
  }

  @Test
  void shouldReadALinePerJobWhateverEndsIt() {
    for (String file :
        List.of(
            GOOD + "\n" + GOOD,
            GOOD + "\r\n" + GOOD + "\r\n",
            "\n \n" + GOOD + "\n\t\n" + GOOD + "\n\n",
            "\uFEFF" + GOOD + "\n" + GOOD)) {
      assertThat(lines(file))
          .as(file)
          .hasSize(2)
          .allSatisfy(
              each ->
                  assertThat(each)
                      .isInstanceOfSatisfying(
                          BatchCandidate.Good.class,
                          good -> assertThat(good.json()).isEqualTo(GOOD)));
    }
    assertThat(lines("")).isEmpty();
    assertThat(lines(" \r\n\n")).isEmpty();
  }

  @Test
  void shouldReadOneJobOverSeveralLines() {
    assertThat(BatchBody.ofFile("{\n \"prompt\":\n\"rain\" }\n".getBytes(UTF_8), false))
        .singleElement()
        .isInstanceOf(BatchCandidate.Good.class);
  }

  @Test
  void shouldSayOfEachLineWhatIsWrongWithIt() {
    String nested = "[".repeat(100) + "]".repeat(100);
    List<BatchCandidate> read =
        lines(
            String.join(
                "\n",
                "{\"prompt\":\"\",\"owner\":\"bob\"}",
                "[]",
                "{\"prompt\":",
                nested,
                "{\"prompt\":\"" + "a".repeat(128 * 1024) + "\"}"));
    assertThat(read).hasSize(5).allMatch(BatchCandidate.Bad.class::isInstance);
    assertThat(errors(read.get(0)))
        .containsExactlyInAnyOrder(
            new FieldError("/prompt", "must not be blank"),
            new FieldError("/owner", "is not a field of the operation prompt"));
    assertThat(errors(read.get(1))).containsExactly(new FieldError("", "must be a JSON object"));
    assertThat(errors(read.get(2)))
        .singleElement()
        .satisfies(error -> assertThat(error.detail()).startsWith("is not JSON: "));
    assertThat(errors(read.get(3)))
        .singleElement()
        .satisfies(error -> assertThat(error.detail()).startsWith("is not JSON: "));
    assertThat(errors(read.get(4)))
        .containsExactly(new FieldError("", "has 131085 bytes, and may have at most 131072"));
  }

  @Test
  void shouldSayOfBytesThatTheyAreNotText() {
    byte[] picture = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0, 1, 2, (byte) 0xc3, '\n', 3};
    List<BatchCandidate> read = BatchBody.ofFile(picture, true);
    assertThat(read).hasSize(2);
    assertThat(errors(read.get(0)).getFirst().detail()).startsWith("is not valid UTF-8: ");
    assertThat(errors(read.get(1)).getFirst().detail()).startsWith("is not JSON: ");
  }

  @Test
  void shouldReadUtf16ThatAMarkNames() {
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      byte[] file = ("\uFEFF" + "{\"prompt\":\"雨\"}\r\n" + GOOD + "\n").getBytes(charset);
      assertThat(BatchBody.ofFile(file, true))
          .extracting(each -> ((BatchCandidate.Good) each).json())
          .containsExactly("{\"prompt\":\"雨\"}", GOOD);
    }
    assertThat(BatchBody.ofFile(new byte[] {(byte) 0xFF, (byte) 0xFE, 'a'}, true))
        .singleElement()
        .satisfies(
            each ->
                assertThat(errors(each).getFirst().detail()).startsWith("is not valid UTF-16LE: "));
  }

  @Test
  void shouldRefuseOnlyTheLinesThatLostCharacters() {
    byte[] file =
        (GOOD + "\n{\"prompt\":\"caf\u00e9\"}\n" + GOOD + "\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    List<BatchCandidate> latin = BatchBody.ofFile(file, true);
    assertThat(latin).hasSize(3);
    assertThat(latin.get(0)).isInstanceOf(BatchCandidate.Good.class);
    assertThat(errors(latin.get(1)).getFirst().detail())
        .startsWith("is not valid UTF-8: byte 0xE9 at position 15");
    assertThat(latin.get(2)).isInstanceOf(BatchCandidate.Good.class);

    List<BatchCandidate> damaged =
        lines(
            "{\"prompt\":\"caf\uFFFD\"}\n{\"prompt\":\"caf\\ufffd\",\"title\":\"\uFFFD\"}\n"
                + GOOD);
    assertThat(errors(damaged.get(0))).extracting(FieldError::pointer).containsExactly("/prompt");
    assertThat(errors(damaged.get(1)))
        .extracting(FieldError::pointer)
        .containsExactly("/prompt", "/title");
    assertThat(errors(damaged.get(1)))
        .extracting(FieldError::detail)
        .containsOnly("holds U+FFFD, which stands for a character that could not be decoded");
    assertThat(damaged.get(2)).isInstanceOf(BatchCandidate.Good.class);
  }

  @Test
  void shouldRefuseALineWithMoreThanOneDocument() {
    assertThat(lines(GOOD + "}}}\n" + GOOD + GOOD + "\n" + GOOD + " 1"))
        .hasSize(3)
        .allSatisfy(
            each -> assertThat(errors(each).getFirst().detail()).startsWith("is not JSON: "));
  }

  @Test
  void shouldNameEveryDamagedTextOfACall() {
    String body =
        "{\"jobs\":[{\"prompt\":\"a\"},{\"prompt\":\"\uFFFD\",\"sounds\":[{\"prompt\":\"\uFFFD\"}]}],\"x\uFFFD\":1}";
    assertThat(BatchBody.ofCall(body.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            BatchBody.Result.Malformed.class,
            malformed ->
                assertThat(malformed.errors())
                    .extracting(FieldError::pointer)
                    .containsExactly("/jobs/1/prompt", "/jobs/1/sounds/0/prompt", "/x\uFFFD"));
  }

  @Test
  void shouldReadNoFurtherThanABatchCanGo() {
    assertThat(lines((GOOD + "\n").repeat(5_000))).hasSize(1_001);
  }

  private static List<FieldError> errors(BatchCandidate candidate) {
    return ((BatchCandidate.Bad) candidate).errors();
  }
}
