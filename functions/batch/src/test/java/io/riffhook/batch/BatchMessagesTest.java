package io.riffhook.batch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.Delays;
import io.riffhook.domain.InMemoryBatchFiles;
import io.riffhook.domain.InMemoryBatchStore;
import io.riffhook.domain.Providers;
import io.riffhook.domain.RunBatch;
import io.riffhook.domain.Sources;
import io.riffhook.domain.StartBatch;
import io.riffhook.domain.Studio;
import io.riffhook.domain.TakeDrop;
import io.riffhook.lambda.BatchBody;
import io.riffhook.lambda.BatchJson;
import io.riffhook.lambda.SqsFunction;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages that nobody can do anything about must fail, and so end where they are seen. */
final class BatchMessagesTest {
  private final Studio studio = new Studio();
  private final BatchMessages messages = messages();

  private BatchMessages messages() {
    InMemoryBatchStore store = new InMemoryBatchStore();
    InMemoryBatchFiles files = new InMemoryBatchFiles();
    BatchJson documents = new BatchJson();
    Delays delays = new Delays(new Random(1));
    RunBatch run =
        new RunBatch(
            store,
            files,
            documents,
            studio.jobs,
            studio.songs,
            studio.queues,
            delays,
            studio.clock);
    StartBatch start =
        new StartBatch(
            store,
            files,
            documents,
            new Providers(List.of(studio.provider)),
            new Sources(
                studio.jobs, studio.songs, studio.uploads, studio.registrations, studio.clock),
            studio.queues,
            run,
            delays,
            studio.clock);
    return new BatchMessages(run, new TakeDrop(files, documents, start, BatchBody::ofFile));
  }

  @Test
  void shouldFailAtWhatIsNoMessageOfABatch() {
    for (String body : List.of("", "[]", "{\"type\":\"ended\",\"batchId\":\"b\",\"line\":0}")) {
      assertThatThrownBy(() -> messages.take(new SqsFunction.Message("m", "r", body, 1)))
          .as(body)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("neither a message about a batch nor one of S3's");
    }
  }

  @Test
  void shouldFailAtAFileThatIsNobodys() {
    String body =
        """
        {"Records": [{"eventSource": "aws:s3", "s3": {"object":
          {"key": "inbox/-/a.jsonl", "size": 1, "eTag": "0f"}}}]}
        """;
    assertThatThrownBy(() -> messages.take(new SqsFunction.Message("m", "r", body, 1)))
        .isInstanceOf(TakeDrop.BadDropException.class)
        .hasMessage(
            "the dropped file belongs to nobody: what follows inbox/ is not the name of an owner");
  }
}
