package io.riffhook.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.Drop;
import io.riffhook.domain.Owner;
import io.riffhook.lambda.DropEvent;
import org.junit.jupiter.api.Test;

/** What S3 tells of new files, and the ids that come of it. */
final class DropEventTest {
  private static String event(String key, String etag) {
    return """
    {"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
      "s3": {"bucket": {"name": "b"}, "object": {"key": "%s", "size": 12, "eTag": "%s"}}}]}
    """
        .formatted(key, etag);
  }

  @Test
  void shouldReadTheKeyAsS3WritesIt() {
    assertThat(DropEvent.read(event("inbox/alice/a+%2B+%C3%BC.jsonl", "0f")).orElseThrow())
        .containsExactly(new Drop("inbox/alice/a + \u00fc.jsonl", "0f", 12));
  }

  @Test
  void shouldTakeTheTestMessageForNoFile() {
    assertThat(DropEvent.read("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\"}"))
        .hasValueSatisfying(drops -> assertThat(drops).isEmpty());
  }

  @Test
  void shouldLeaveOtherMessagesAlone() {
    for (String message :
        new String[] {
          "",
          "no JSON",
          "{}",
          "{\"type\":\"check\",\"batchId\":\"b\",\"number\":1}",
          "{\"Records\":[{\"eventSource\":\"aws:sns\"}]}"
        }) {
      assertThat(DropEvent.read(message)).as(message).isEmpty();
    }
  }

  @Test
  void shouldFailAtAKeyThatIsNotWrittenAsS3Does() {
    assertThatThrownBy(() -> DropEvent.read(event("inbox/alice/%zz.jsonl", "0f")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldKnowAFileByItsNameAndContentOnly() {
    Drop drop = new Drop("inbox/alice/a.jsonl", "0f", 12);
    assertThat(BatchIds.of(drop))
        .isEqualTo(BatchIds.of(new Drop("inbox/alice/a.jsonl", "\"0f\"", 12)))
        .isNotEqualTo(BatchIds.of(new Drop("inbox/alice/a.jsonl", "0e", 12)))
        .isNotEqualTo(BatchIds.of(new Drop("inbox/alice/b.jsonl", "0f", 12)))
        .isNotEqualTo(BatchIds.of(new Owner("alice"), "inbox/alice/a.jsonl\n0f"));
    assertThat(BatchIds.next()).isNotEqualTo(BatchIds.next());
  }
}
