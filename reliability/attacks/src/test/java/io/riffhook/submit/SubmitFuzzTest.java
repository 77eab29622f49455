package io.riffhook.submit;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.code_intelligence.jazzer.mutation.annotation.WithLength;
import com.code_intelligence.jazzer.mutation.annotation.WithSize;
import com.code_intelligence.jazzer.mutation.annotation.WithUtf8Length;
import io.riffhook.attacks.Call;
import io.riffhook.attacks.Documents;
import io.riffhook.attacks.Seeds;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.lambda.JobJson;
import io.riffhook.lambda.SqsFunction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Callers post whatever they like, and put whatever they like into the submission queue. */
final class SubmitFuzzTest {
  private static final List<String> ROUTES =
      List.of("POST /v1/jobs", "POST /v1/uploads", "POST /v1/jobs/{id}/retry", "queue");

  static Stream<Arguments> seeds() {
    return IntStream.range(0, Seeds.SUBMISSIONS.size())
        .boxed()
        .flatMap(
            seed ->
                IntStream.range(0, ROUTES.size())
                    .mapToObj(
                        route ->
                            arguments(
                                (byte) route,
                                "job-1",
                                Map.of("idempotency-key", "order-1"),
                                false,
                                new byte[] {seed.byteValue()})));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldAnswerAnything(
      byte route,
      @NotNull @WithUtf8Length(max = 100) String id,
      @NotNull @WithSize(max = 8)
          Map<@NotNull @WithUtf8Length(max = 60) String, @NotNull @WithUtf8Length(max = 300) String>
              headers,
      boolean raw,
      byte @NotNull @WithLength(max = 2_000) [] bytes) {
    byte[] body = raw ? bytes : Documents.of(Seeds.SUBMISSIONS, bytes);
    SubmitStage stage = new SubmitStage();
    stage.studio.provider.submits(
        new SubmitOutcome.Accepted(List.of("p1"), Optional.of("account-1")));
    String where = ROUTES.get((route & 0xff) % ROUTES.size());
    if (where.equals("queue")) {
      queue(stage, new String(body, StandardCharsets.UTF_8));
    } else {
      Call call = new Call(where, Map.of("id", id), body).with(headers);
      stage.answer(call);
    }
    // What was taken can be shown, and written into the archive.
    stage.studio.jobs.all().forEach(job -> JobJson.job(job, List.of()));
  }

  private static void queue(SubmitStage stage, String body) {
    stage.messages().take(new SqsFunction.Message("6f0c2c0e-1", "receipt", body, 1));
    if (!stage.rejected.isEmpty() && !stage.studio.jobs.all().isEmpty()) {
      throw new AssertionError("a job of what is no submission: " + stage.rejected);
    }
  }
}
