package io.riffhook.callback;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.code_intelligence.jazzer.mutation.annotation.WithLength;
import com.code_intelligence.jazzer.mutation.annotation.WithSize;
import com.code_intelligence.jazzer.mutation.annotation.WithUtf8Length;
import io.riffhook.attacks.Call;
import io.riffhook.attacks.Documents;
import io.riffhook.attacks.Seeds;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever knows a callback URL, and whoever does not, posts whatever they like. */
final class CallbackFuzzTest {
  static Stream<Arguments> seeds() {
    return IntStream.range(0, Seeds.PROVIDERS.size())
        .boxed()
        .flatMap(
            seed ->
                Stream.of(true, false)
                    .map(
                        known ->
                            arguments(
                                (byte) (seed % 7),
                                known,
                                true,
                                "1.x",
                                Map.of("content-type", "application/json"),
                                false,
                                new byte[] {seed.byteValue()})));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldAnswerAnything(
      byte provider,
      boolean known,
      boolean signed,
      @NotNull @WithUtf8Length(max = 200) String path,
      @NotNull @WithSize(max = 8)
          Map<@NotNull @WithUtf8Length(max = 60) String, @NotNull @WithUtf8Length(max = 300) String>
              headers,
      boolean raw,
      byte @NotNull @WithLength(max = 2_000) [] bytes) {
    CallbackStage stage = new CallbackStage();
    String name = CallbackStage.PROVIDERS.get((provider & 0xff) % CallbackStage.PROVIDERS.size());
    byte[] body = raw ? bytes : Documents.of(Seeds.PROVIDERS, bytes);
    Map<String, String> variables = known ? stage.path(name) : CallbackStage.odd(path);
    Call call = new Call(CallbackStage.ROUTE, variables, body).with(headers);
    if (signed) {
      call = call.with(CallbackStage.signatures(name, body));
    }
    Call.Answer answer = stage.answer(call);

    if (answer.status() != 204) {
      stage.unchanged();
    } else if (!known) {
      throw new AssertionError("taken without a token: " + answer.event());
    }
    stage.harmless();
    if (!known && !answer.text().equals(stage.refusal())) {
      throw new AssertionError("a refusal that tells: " + answer.text());
    }
  }
}
