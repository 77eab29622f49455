package io.riffhook.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.Message;

class BatchResultTest {
  private static final Message ONE = Message.builder().messageId("1").build();
  private static final Message TWO = Message.builder().messageId("2").build();
  private static final List<Message> BATCH = List.of(ONE, TWO);

  private static Outcome answer(String json) {
    return new Outcome.Answered(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "{}", "{\"batchItemFailures\":null}", "{\"batchItemFailures\":[]}"})
  void shouldTakeAnEmptyAnswerAsSuccess(String json) {
    assertThat(BatchResult.done(BATCH, answer(json), true)).isEqualTo(BATCH);
  }

  @Test
  void shouldKeepWhatIsReported() {
    Outcome outcome = answer("{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"}]}");

    assertThat(BatchResult.done(BATCH, outcome, true)).containsExactly(TWO);
    assertThat(BatchResult.done(BATCH, outcome, false)).isEqualTo(BATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"9\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
        "{\"batchItemFailures\":[{\"identifier\":\"1\"}]}"
      })
  void shouldFailTheWholeBatchOnAnAnswerItCannotTrust(String json) {
    assertThat(BatchResult.done(BATCH, answer(json), true)).isEmpty();
  }

  @Test
  void shouldFailTheWholeBatchWhenTheFunctionFailed() {
    assertThat(BatchResult.done(BATCH, new Outcome.TimedOut(), true)).isEmpty();
    assertThat(BatchResult.done(BATCH, new Outcome.Failed(new IllegalStateException()), false))
        .isEmpty();
  }
}
