package io.riffhook.providers.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.Callback;
import io.riffhook.domain.Callback.Finished;
import io.riffhook.domain.Callback.Forged;
import io.riffhook.domain.Callback.Progress;
import io.riffhook.domain.Callback.Unreadable;
import io.riffhook.domain.Inbound;
import io.riffhook.domain.Settings;
import io.riffhook.providers.Seed;
import io.riffhook.providers.StubProvider;
import io.riffhook.providers.http.Signatures;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each body that may come to our callback URL claims. */
class ProducerCallbacksTest {
  private static final Instant AT = Instant.ofEpochSecond(1_750_000_000);
  private static final String SECRETS = Producers.CALLBACK_SECRET + ", " + Producers.OLD_SECRET;

  /** What the provider was told to sign with, when each of the secrets was the newest. */
  private static final String NEWEST = derived(Producers.CALLBACK_SECRET);

  private static final String OLDER = derived(Producers.OLD_SECRET);

  private final ProducerProvider unsigned = provider("none");
  private final ProducerProvider timestamped = provider("timestamped");
  private final ProducerProvider body = provider("body");

  @Test
  void shouldReadTheBodyOfThePage() {
    assertThat(parse(Seed.read(getClass(), "callback-completed.json")))
        .isEqualTo(new Finished(Optional.of("11111111-2222-4333-8444-555555555555")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'event':'song.completed','task_id':'t'}                       | t",
        "{'event':'song.failed','task_id':'t','code':500}               | t",
        "{'task_id':'t','data':[{'state':'succeeded'}]}                 | t",
        "{'event':'','task_id':'t'}                                     | t",
        "{'event':7,'task_id':'t'}                                      | t",
        "{'event':null,'task_id':'t','platform':'sonic','more':[{}]}    | t",
        "{'event':'song.completed','task_id':7}                         |",
        "{'event':'song.completed','task_id':''}                        |",
        "{'event':'song.failed','task_id':null}                         |",
        "{}                                                             |"
      })
  void shouldTellThatATaskEnded(String json, String task) {
    assertThat(parse(Producers.json(json))).isEqualTo(new Finished(Optional.ofNullable(task)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"song.streaming", "song.started", "SONG.COMPLETED", " "})
  void shouldTellThatATaskGoesOn(String event) {
    Callback expected =
        event.isBlank() ? new Finished(Optional.of("t")) : new Progress(0, Optional.of("t"));
    assertThat(parse("{\"event\":\"" + event + "\",\"task_id\":\"t\"}")).isEqualTo(expected);
  }

  @Test
  void shouldNotTakeAnotherServicesEventForProgress() {
    assertThat(parse("{\"event\":\"done\",\"data\":{\"task_id\":\"t\"}}"))
        .isEqualTo(new Callback.Unreadable("its event is unknown and it names no task"));
  }

  @Test
  void shouldReadTheEventOfTheHeaderWhereTheBodyHasNone() {
    assertThat(
            unsigned.parseCallback(
                new Inbound(Map.of("x-webhook-event", "song.streaming"), "{}".getBytes(UTF_8), AT)))
        .isEqualTo(new Progress(0));
    assertThat(
            unsigned.parseCallback(
                new Inbound(
                    Map.of("x-webhook-event", "song.streaming"),
                    "{\"event\":\"song.completed\"}".getBytes(UTF_8),
                    AT)))
        .isEqualTo(new Finished(Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "[]", "[{\"event\":\"song.completed\"}]", "null", "7", "\"t\""})
  void shouldNotReadABodyWithoutAnObject(String json) {
    assertThat(parse(json)).isEqualTo(new Unreadable("its body is not an object"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{'event'}", "<html></html>", "event=song.completed", "\u0000"})
  void shouldNotReadWhatIsNotJson(String text) {
    assertThat(parse(text)).isEqualTo(new Unreadable("its body is not JSON"));
  }

  @Test
  void shouldReadAHugeBody() {
    String lyrics = "la ".repeat(350_000);
    assertThat(
            parse(
                "{\"data\":[{\"lyrics\":\""
                    + lyrics
                    + "\",\"title\":\"大きさ 🎵\"}],\"event\":\"song.completed\","
                    + "\"task_id\":\"t\"}"))
        .isEqualTo(new Finished(Optional.of("t")));
  }

  @Test
  void shouldCheckTheSignatureBeforeTheBody() {
    assertThat(timestamped.parseCallback(new Inbound(Map.of(), "{".getBytes(UTF_8), AT)))
        .isEqualTo(new Forged("it has no X-Webhook-Timestamp"));
    assertThat(body.parseCallback(new Inbound(Map.of(), "{".getBytes(UTF_8), AT)))
        .isEqualTo(new Forged("it has no X-Signature"));
    assertThat(timestamped.parseCallback(signed("other", "{\"task_id\":\"t\"}", 0)))
        .isEqualTo(new Forged("its signature is wrong"));
    assertThat(body.parseCallback(signed("other", "{\"task_id\":\"t\"}", 0)))
        .isEqualTo(new Forged("its signature is wrong"));
    assertThat(timestamped.parseCallback(signed(NEWEST, "{", 0)))
        .isEqualTo(new Unreadable("its body is not JSON"));
  }

  @Test
  void shouldTakeWhatIsSignedWithASecretThatItWasGiven() {
    for (String secret : new String[] {NEWEST, OLDER}) {
      Inbound inbound = signed(secret, "{\"task_id\":\"t\"}", 0);
      assertThat(timestamped.parseCallback(inbound)).isEqualTo(new Finished(Optional.of("t")));
      assertThat(body.parseCallback(inbound)).isEqualTo(new Finished(Optional.of("t")));
    }
    // The secret of our own tokens was never given away, and opens nothing here.
    Inbound own = signed(Producers.CALLBACK_SECRET, "{\"task_id\":\"t\"}", 0);
    assertThat(timestamped.parseCallback(own)).isEqualTo(new Forged("its signature is wrong"));
  }

  @Test
  void shouldNotTakeAnOldOrFutureOne() {
    Forged stale = new Forged("its X-Webhook-Timestamp is not a time within 300 seconds");
    assertThat(timestamped.parseCallback(signed(NEWEST, "{}", -301))).isEqualTo(stale);
    assertThat(timestamped.parseCallback(signed(NEWEST, "{}", 301))).isEqualTo(stale);
    assertThat(timestamped.parseCallback(signed(NEWEST, "{}", 300)))
        .isEqualTo(new Finished(Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " , ,", ","})
  void shouldNameTheSettingThatIsMissing(String secrets) {
    ProducerProvider secretless =
        ProducerProvider.from(StubProvider.settings(Map.of("RIFFHOOK_CALLBACK_SECRETS", secrets)));
    assertThatThrownBy(() -> secretless.parseCallback(signed(NEWEST, "{}", 0)))
        .isInstanceOf(Settings.MissingSettingException.class)
        .hasMessage("the setting RIFFHOOK_CALLBACK_SECRETS is missing");
  }

  /** Whatever the bytes are, they have a place among the results. */
  @Test
  void shouldTakeAnyBytes() {
    Random random = new Random(7);
    byte[] whole = "{\"event\":\"song.completed\",\"task_id\":\"a\",\"data\":[1]}".getBytes(UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.clone();
      for (int flips = random.nextInt(8); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      assertThat(unsigned.parseCallback(new Inbound(Map.of(), damaged, AT)))
          .as(() -> HexFormat.of().formatHex(damaged))
          .isNotNull();
    }
  }

  private Callback parse(String text) {
    return unsigned.parseCallback(new Inbound(Map.of(), text.getBytes(UTF_8), AT));
  }

  private static Inbound signed(String secret, String text, long off) {
    byte[] bytes = text.getBytes(UTF_8);
    String time = Long.toString(AT.getEpochSecond() + off);
    byte[] key = secret.getBytes(UTF_8);
    return new Inbound(
        Map.of(
            "x-webhook-timestamp",
            time,
            "x-webhook-signature",
            "sha256=" + hex(Signatures.hmac(key, (time + ".").getBytes(UTF_8), bytes)),
            "x-signature",
            hex(Signatures.hmac(key, bytes))),
        bytes,
        AT);
  }

  private static String derived(String secret) {
    return hex(
        Signatures.hmac(
            secret.getBytes(UTF_8), "webhook-secret|musicapi-producer".getBytes(UTF_8)));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static ProducerProvider provider(String signature) {
    return ProducerProvider.from(
        StubProvider.settings(
            Map.of(
                "MUSICAPI_PRODUCER_SIGNATURE", signature, "RIFFHOOK_CALLBACK_SECRETS", SECRETS)));
  }
}
