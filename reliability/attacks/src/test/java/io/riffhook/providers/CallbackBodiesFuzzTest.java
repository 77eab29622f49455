package io.riffhook.providers;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.code_intelligence.jazzer.mutation.annotation.WithLength;
import com.code_intelligence.jazzer.mutation.annotation.WithUtf8Length;
import io.riffhook.attacks.Documents;
import io.riffhook.attacks.Seeds;
import io.riffhook.domain.Callback;
import io.riffhook.domain.Inbound;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each adapter makes of a body, and of signatures that nobody made with a secret. */
final class CallbackBodiesFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-21T02:25:14Z");
  private static final String SECONDS = Long.toString(NOW.getEpochSecond());
  private static final Settings SETTINGS =
      name ->
          Optional.ofNullable(
              Map.of(
                      "RIFFHOOK_CALLBACK_SECRETS",
                      "a-callback-secret-of-the-tests",
                      "STANDARD_BASE_URL",
                      "https://standard.example",
                      "STANDARD_WEBHOOK_SECRET",
                      "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3")
                  .get(name));
  private static final List<Provider> PROVIDERS =
      ConfiguredProviders.names().stream()
          .map(name -> ConfiguredProviders.find(name, SETTINGS).orElseThrow())
          .toList();

  static Stream<Arguments> seeds() {
    return IntStream.range(0, Seeds.PROVIDERS.size())
        .boxed()
        .flatMap(
            seed ->
                IntStream.range(0, 7)
                    .mapToObj(
                        provider ->
                            arguments(
                                (byte) provider,
                                SECONDS,
                                "v1,AAAA v1,",
                                false,
                                new byte[] {seed.byteValue()})));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldHaveAPlaceForAnyCallback(
      byte which,
      @NotNull @WithUtf8Length(max = 40) String time,
      @NotNull @WithUtf8Length(max = 300) String signature,
      boolean raw,
      byte @NotNull @WithLength(max = 2_000) [] bytes) {
    byte[] body = raw ? bytes : Documents.of(Seeds.PROVIDERS, bytes);
    Provider provider = PROVIDERS.get((which & 0xff) % PROVIDERS.size());
    Callback callback =
        provider.parseCallback(
            new Inbound(
                Map.of(
                    "webhook-id",
                    signature,
                    "webhook-timestamp",
                    time,
                    "webhook-signature",
                    signature,
                    "x-webhook-timestamp",
                    time,
                    "x-webhook-signature",
                    signature),
                body,
                NOW));
    switch (callback) {
      case Callback.Progress progress ->
          holds(progress.percent() >= 0 && progress.percent() <= 100, callback);
      case Callback.Finished finished ->
          holds(
              finished
                  .providerJob()
                  .map(id -> StandardCharsets.UTF_8.newEncoder().canEncode(id) && !id.isBlank())
                  .orElse(true),
              callback);
      case Callback.Unreadable unreadable -> holds(unreadable.why().length() < 200, callback);
      case Callback.Forged forged -> holds(forged.why().length() < 200, callback);
    }
    String name = provider.capabilities().provider();
    if (name.equals("standard") || name.equals("musicapi-producer")) {
      holds(callback instanceof Callback.Forged, callback);
    }
  }

  private static void holds(boolean it, Callback callback) {
    if (!it) {
      throw new AssertionError(callback.toString());
    }
  }
}
