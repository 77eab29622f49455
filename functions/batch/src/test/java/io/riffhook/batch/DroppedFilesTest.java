package io.riffhook.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.BatchCandidate;
import io.riffhook.domain.FieldError;
import io.riffhook.lambda.BatchBody;
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
  void shouldSayOfBytesThatAreNoTextThatTheyAreNoJson() {
    byte[] picture = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0, 1, 2, (byte) 0xc3, '\n', 3};
    assertThat(BatchBody.ofFile(picture, true))
        .hasSize(2)
        .allSatisfy(
            each -> assertThat(errors(each).getFirst().detail()).startsWith("is not JSON: "));
  }

  @Test
  void shouldReadNoFurtherThanABatchCanGo() {
    assertThat(lines((GOOD + "\n").repeat(5_000))).hasSize(1_001);
  }

  private static List<FieldError> errors(BatchCandidate candidate) {
    return ((BatchCandidate.Bad) candidate).errors();
  }
}
