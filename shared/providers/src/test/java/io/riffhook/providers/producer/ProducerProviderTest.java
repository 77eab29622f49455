package io.riffhook.providers.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Capabilities.Can;
import io.riffhook.domain.Capabilities.Range;
import io.riffhook.domain.Capabilities.Sources;
import io.riffhook.domain.Format;
import io.riffhook.domain.Inbound;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Operation.Kind;
import io.riffhook.domain.Option;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Reasons;
import io.riffhook.domain.Settings;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.providers.StubProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What its settings come to, and what it says that it can do. */
class ProducerProviderTest {
  private static final Can PROMPT =
      Can.of().needs(Option.PROMPT, 1, 5_000).takes(Option.INSTRUMENTAL);
  private static final Can COMPOSE =
      new Can(
          Map.of(
              Option.TITLE, new Range(1, 80),
              Option.LYRICS, new Range(1, 10_000),
              Option.SOUNDS, new Range(1, 1),
              Option.PROMPT, new Range(1, 5_000),
              Option.INSTRUMENTAL, new Range(0, 1),
              Option.SEED, new Range(0, 2_147_483_647)),
          Set.of(Option.SOUNDS, Option.PROMPT),
          Sources.NONE);

  @Test
  void shouldTellWhatItCanDo() {
    Capabilities can = capabilities(Map.of());
    assertThat(can.provider()).isEqualTo("musicapi-producer");
    assertThat(can.formats()).containsExactly(Format.MP3, Format.WAV, Format.M4A);
    assertThat(can.models())
        .containsExactly(
            "FUZZ-2.0",
            "FUZZ-2.0 Pro",
            "FUZZ-2.0 Raw",
            "FUZZ-1.1 Pro",
            "FUZZ-1.1",
            "FUZZ-1.0 Pro",
            "FUZZ-1.0",
            "FUZZ-0.8",
            "FUZZ-3-Demo");
    assertThat(can.webhooks()).isTrue();
    assertThat(can.pace()).isEqualTo(Duration.ofSeconds(15));
    assertThat(can.fileHosts())
        .containsExactlyInAnyOrder("musicapi-cdn.b-cdn.net", "storage.googleapis.com");
    assertThat(can.operations())
        .isEqualTo(
            Map.of(
                Kind.PROMPT,
                PROMPT,
                Kind.COMPOSE,
                COMPOSE,
                Kind.EXTEND,
                new Can(
                    Map.of(
                        Option.PROMPT, new Range(1, 5_000),
                        Option.AT, new Range(0, 3_600),
                        Option.SECONDS, new Range(1, 240)),
                    Set.of(Option.PROMPT, Option.AT),
                    Sources.ANY),
                Kind.REPLACE,
                new Can(
                    Map.of(
                        Option.PROMPT, new Range(1, 5_000),
                        Option.START, new Range(0, 3_600),
                        Option.END, new Range(0, 3_600)),
                    Set.of(Option.PROMPT, Option.START, Option.END),
                    Sources.ANY),
                Kind.COVER,
                new Can(
                    Map.of(
                        Option.PROMPT, new Range(1, 5_000),
                        Option.LYRICS, new Range(1, 10_000),
                        Option.COVER_STRENGTH, new Range(0, 1)),
                    Set.of(),
                    Sources.ANY)));
  }

  @Test
  void shouldTellWhatItCanDoInTheOtherDialect() {
    Capabilities can = capabilities(Map.of("MUSICAPI_PRODUCER_DIALECT", " aimusicapi "));
    assertThat(can.operations()).isEqualTo(Map.of(Kind.PROMPT, PROMPT, Kind.COMPOSE, COMPOSE));
    assertThat(can.models()).containsExactly("FUZZ-2.0");
    assertThat(can.formats()).containsExactly(Format.MP3, Format.WAV, Format.M4A);
  }

  @ParameterizedTest
  @ValueSource(strings = {"suno", "MUSICAPI", ""})
  void shouldRefuseAnUnknownDialect(String value) {
    String why =
        "MUSICAPI_PRODUCER_DIALECT is " + value + ", which is none of: musicapi, aimusicapi";
    ProducerProvider producer = provider(Map.of("MUSICAPI_PRODUCER_DIALECT", value));
    assertThat(producer.fault()).contains(why);
    assertThatThrownBy(() -> producer.submit(order()))
        .isInstanceOf(Settings.UnusableSettingException.class)
        .hasMessage(why);
  }

  @Test
  void shouldRefuseAnUnknownSignature() {
    ProducerProvider producer = provider(Map.of("MUSICAPI_PRODUCER_SIGNATURE", "v2"));
    Inbound callback = new Inbound(Map.of(), new byte[0], Instant.EPOCH);
    assertThatThrownBy(() -> producer.parseCallback(callback))
        .isInstanceOf(Settings.UnusableSettingException.class)
        .hasMessage("MUSICAPI_PRODUCER_SIGNATURE is v2, which is none of: timestamped, body, none");
  }

  @Test
  void shouldRefuseABaseUrlThatIsNotAllowed() {
    assertThat(
            provider(
                    Map.of(
                        "MUSICAPI_PRODUCER_BASE_URL", "http://127.0.0.1:9000",
                        "MUSICAPI_PRODUCER_TOKEN", "t"))
                .submit(order()))
        .isEqualTo(
            new SubmitOutcome.TryLater(
                Reasons.unavailable(
                    "musicapi-producer",
                    "MUSICAPI_PRODUCER_BASE_URL must be an https URL (plain http to loopback on one"
                        + " machine only)"),
                Optional.empty()));
  }

  private static ProducerProvider provider(Map<String, String> settings) {
    return ProducerProvider.from(StubProvider.settings(settings));
  }

  private static Provider.Order order() {
    return new Provider.Order(
        new JobId("j"), new Operation.Prompt("rain", false), Optional.empty(), Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({"MUSICAPI, https://api.musicapi.ai", "AIMUSICAPI, https://api.aimusicapi.ai"})
  void shouldKnowWhereEachDialectIsSpoken(ProducerDialect dialect, String url) {
    assertThat(dialect.baseUrl()).isEqualTo(url);
  }

  private static Capabilities capabilities(Map<String, String> settings) {
    return ProducerProvider.from(StubProvider.settings(settings)).capabilities();
  }
}
