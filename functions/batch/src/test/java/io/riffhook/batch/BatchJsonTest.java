package io.riffhook.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.Batch;
import io.riffhook.domain.BatchChange;
import io.riffhook.domain.BatchEntry;
import io.riffhook.domain.BatchId;
import io.riffhook.domain.BatchLine;
import io.riffhook.domain.BatchResult;
import io.riffhook.domain.FieldError;
import io.riffhook.domain.Job;
import io.riffhook.domain.ReadJobs;
import io.riffhook.domain.Reasons;
import io.riffhook.domain.Studio;
import io.riffhook.lambda.BatchJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How batches are written. */
final class BatchJsonTest {
  private static final BatchId ID = new BatchId("b");
  private static final Instant NOW = Instant.parse("2026-11-21T02:25:14.5Z");
  private static final FieldError MISSING = new FieldError("/prompt", "is required");

  private final BatchJson json = new BatchJson();

  @Test
  void shouldReadTheLinesThatItKept() {
    List<BatchEntry> entries =
        List.of(
            new BatchEntry.Order("{\"prompt\":\"a\\nb \u2028 \u00fc\",\"at\":62.5}"),
            new BatchEntry.Bad(List.of(MISSING, new FieldError("", "says \"no\""))));
    byte[] kept = json.input(entries);
    assertThat(json.entries(kept)).isEqualTo(entries);
    assertThat(new String(kept, UTF_8).lines()).hasSize(2);
  }

  @Test
  void shouldNotTakeForALineWhatItDidNotKeep() {
    assertThatThrownBy(() -> json.entries("{\"prompt\":\"a\"}\n".getBytes(UTF_8)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a line that was kept is neither a job nor an error");
    assertThatThrownBy(() -> json.entries("secret words".getBytes(UTF_8)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a line that was kept is not JSON")
        .hasNoCause();
  }

  @Test
  void shouldReportALineForEachResult() {
    Studio studio = new Studio();
    Job job =
        Job.submitting(
            new BatchLine(ID, 1).job(),
            Studio.ALICE,
            Studio.request().in(new BatchLine(ID, 1)),
            studio.provider.capabilities(),
            false,
            NOW,
            Duration.ofHours(24));
    byte[] report =
        json.report(
            List.of(
                new BatchResult.OfJob(new BatchLine(ID, 1), new ReadJobs.View(job, List.of())),
                new BatchResult.Refused(
                    new BatchLine(ID, 2), Reasons.badLine(List.of(MISSING)), List.of(MISSING)),
                new BatchResult.Refused(new BatchLine(ID, 3), Reasons.idTaken("b-3"), List.of()),
                new BatchResult.NotStarted(new BatchLine(ID, 4)),
                new BatchResult.BadFile(Reasons.badFile("it holds no job"))));
    assertThat(new String(report, UTF_8).lines())
        .containsExactly(
            "{\"line\":1,\"id\":\"b-1\",\"status\":\"QUEUED\",\"songs\":[]}",
            "{\"line\":2,\"id\":\"b-2\",\"status\":\"REFUSED\",\"reason\":{\"code\":"
                + "\"invalid-request\",\"detail\":\"/prompt is required\"},\"errors\":"
                + "[{\"pointer\":\"/prompt\",\"detail\":\"is required\"}]}",
            "{\"line\":3,\"id\":\"b-3\",\"status\":\"REFUSED\",\"reason\":{\"code\":\"id-taken\","
                + "\"detail\":\"the id b-3 belongs to another job\"}}",
            "{\"line\":4,\"id\":\"b-4\",\"status\":\"NOT_STARTED\"}",
            "{\"status\":\"REFUSED\",\"reason\":{\"code\":\"invalid-file\",\"detail\":"
                + "\"the file can't be a batch: it holds no job\"}}");
  }

  @Test
  void shouldShowABatchAsFarAsItIs() {
    Batch fresh = Batch.of(ID, Studio.ALICE, Optional.of("week 47"), "d", 4, 2, Set.of(3), NOW);
    assertThat(json.batch(fresh))
        .isEqualTo(
            "{\"id\":\"b\",\"status\":\"RUNNING\",\"total\":4,\"concurrency\":2,\"running\":0,"
                + "\"ended\":1,\"file\":\"week 47\",\"createdAt\":\"2026-11-21T02:25:14.500Z\","
                + "\"updatedAt\":\"2026-11-21T02:25:14.500Z\"}");
    Batch ended =
        fresh
            .after(new BatchChange.Cancelled(), NOW)
            .flatMap(batch -> batch.after(new BatchChange.Finished(NOW, Map.of("REFUSED", 1)), NOW))
            .orElseThrow();
    assertThat(json.batch(ended))
        .contains("\"status\":\"ENDED\"", "\"cancelled\":true", "\"counts\":{\"REFUSED\":1}")
        .contains("\"report\":\"outbox/alice/week 47.result.jsonl\"")
        .contains("\"endedAt\":\"2026-11-21T02:25:14.500Z\"");
  }
}
