package io.riffhook.api;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.code_intelligence.jazzer.mutation.annotation.WithSize;
import com.code_intelligence.jazzer.mutation.annotation.WithUtf8Length;
import io.riffhook.attacks.Call;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Studio;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Callers ask for whatever they like: ids, names, filters and cursors of any form. */
final class ReadFuzzTest {
  static Stream<Arguments> seeds() {
    return IntStream.range(0, ReadStage.ROUTES.size())
        .boxed()
        .flatMap(
            route ->
                Stream.of(
                    seed(route, "job-1", "", Map.of()),
                    seed(
                        route,
                        "job-1-1",
                        "song.mp3",
                        Map.of("status", "READY,FAILED", "provider", "useapi", "limit", "100")),
                    seed(
                        route,
                        "job-1-1",
                        "stems/../../x",
                        Map.of("cursor", "am9ic3xhbGljZXxqb2ItMQ"))));
  }

  private static Arguments seed(int route, String id, String name, Map<String, String> query) {
    return arguments((byte) route, true, id, name, query, Map.of("accept", "*/*"));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldAnswerAnything(
      byte route,
      boolean alice,
      @NotNull @WithUtf8Length(max = 200) String id,
      @NotNull @WithUtf8Length(max = 300) String name,
      @NotNull @WithSize(max = 6)
          Map<@NotNull @WithUtf8Length(max = 20) String, @NotNull @WithUtf8Length(max = 300) String>
              query,
      @NotNull @WithSize(max = 6)
          Map<@NotNull @WithUtf8Length(max = 60) String, @NotNull @WithUtf8Length(max = 300) String>
              headers) {
    ReadStage stage = new ReadStage();
    Call call =
        new Call(
                ReadStage.ROUTES.get((route & 0xff) % ReadStage.ROUTES.size()),
                Map.of("id", id, "name", name),
                query,
                Map.of(),
                new byte[0])
            .with(headers);
    Call.Answer answer = stage.answer(alice ? Studio.ALICE : new Owner("mallory"), call);

    if (!alice && answer.text().contains("Paper Boats")) {
      throw new AssertionError("another owner's song: " + answer.event());
    }
    if (!stage.studio.now(stage.job).equals(stage.job)) {
      throw new AssertionError("changed: " + stage.studio.now(stage.job));
    }
  }
}
