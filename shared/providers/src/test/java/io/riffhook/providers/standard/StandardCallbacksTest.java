package io.riffhook.providers.standard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.Callback;
import io.riffhook.domain.Callback.Finished;
import io.riffhook.domain.Callback.Forged;
import io.riffhook.domain.Callback.Progress;
import io.riffhook.domain.Callback.Unreadable;
import io.riffhook.domain.Inbound;
import io.riffhook.providers.StubProvider;
import io.riffhook.providers.http.Signatures;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each body that may come to our callback URL claims. */
class StandardCallbacksTest {
  private static final Instant AT = Instant.ofEpochSecond(1_750_000_000);
  private static final byte[] KEY = "0123456789abcdef01234567".getBytes(UTF_8);

  private final StandardProvider standard =
      provider(Map.of("STANDARD_WEBHOOK_SECRET", Standards.SECRET));
  private final StandardProvider other =
      provider(
          Map.of(
              "STANDARD_WEBHOOK_SECRET", Standards.SECRET, "STANDARD_MAPPING", Standards.other()));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'id':'p','status':'succeeded','output':'https://x','new':[{}]} | p",
        "{'id':'p','status':'failed','error':'大きさ 🎵'}                   | p",
        "{'id':'p','status':'canceled'}                                  | p",
        "{'id':7,'status':'aborted'}                                     | 7",
        "{'id':null,'status':'succeeded'}                                |",
        "{'status':'succeeded'}                                          |",
        "{'id':'p'}                                                      | p",
        "{'id':'p','status':null}                                        | p",
        "{'id':'p','status':{}}                                          | p",
        "{}                                                              |"
      })
  void shouldTellThatAJobEnded(String json, String id) {
    assertThat(parse(standard, json)).isEqualTo(new Finished(Optional.ofNullable(id)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"starting", "processing", "paused", "SUCCEEDED"})
  void shouldTellThatAJobGoesOn(String word) {
    assertThat(parse(standard, "{'id':'p','status':'" + word + "','progress':50}"))
        .isEqualTo(new Progress(0, Optional.of("p")));
  }

  @Test
  void shouldFindTheJobWhereTheMappingSays() {
    assertThat(
            parse(
                other,
                "{'type':'track.done','data':{'track':{'id':'t','state':'done'}},'id':'no'}"))
        .isEqualTo(new Finished(Optional.of("t")));
    assertThat(parse(other, "{'data':{'track':{'id':'t','state':'blocked'}}}"))
        .isEqualTo(new Finished(Optional.of("t")));
    assertThat(parse(other, "{'data':{'track':{'id':'t','state':'rendering','progress':0.57}}}"))
        .isEqualTo(new Progress(57, Optional.of("t")));
    assertThat(parse(other, "{'data':{'track':{'state':'else','progress':0.57}}}"))
        .isEqualTo(new Progress(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "[]", "null", "7", "'p'", "[{'id':'p'}]"})
  void shouldNotReadABodyWithoutAJob(String json) {
    Unreadable unreadable = new Unreadable("its body has no job where the mapping says");
    assertThat(parse(standard, json)).isEqualTo(unreadable);
    assertThat(parse(other, json)).isEqualTo(unreadable);
    assertThat(parse(other, "{'data':{'track':'t'}}")).isEqualTo(unreadable);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "<html>", "status=succeeded", "\u0000"})
  void shouldNotReadWhatIsNotJson(String text) {
    assertThat(parse(standard, text)).isEqualTo(new Unreadable("its body is not JSON"));
  }

  @Test
  void shouldCheckTheSignatureBeforeTheBody() {
    assertThat(standard.parseCallback(new Inbound(Map.of(), "{".getBytes(UTF_8), AT)))
        .isEqualTo(new Forged("it has no webhook-id"));
    Inbound signed = signed("{\"id\":\"p\",\"status\":\"succeeded\"}".getBytes(UTF_8));
    byte[] changed = "{\"id\":\"q\",\"status\":\"succeeded\"}".getBytes(UTF_8);
    assertThat(standard.parseCallback(new Inbound(signed.headers(), changed, AT)))
        .isEqualTo(new Forged("its signature is wrong"));
    assertThat(
            standard.parseCallback(
                new Inbound(signed.headers(), signed.body(), AT.plusSeconds(301))))
        .isEqualTo(new Forged("its webhook-timestamp is not a time within 300 seconds"));
  }

  @Test
  void shouldBelieveNobodyWithoutASecret() {
    Forged forged = new Forged("it calls back only where STANDARD_WEBHOOK_SECRET is set");
    Inbound signed = signed("{\"id\":\"p\"}".getBytes(UTF_8));
    assertThat(provider(Map.of()).parseCallback(signed)).isEqualTo(forged);
    String silent = Standards.examples().getFirst().replaceFirst("\"webhook\": .*\n", "");
    assertThat(
            provider(
                    Map.of("STANDARD_WEBHOOK_SECRET", Standards.SECRET, "STANDARD_MAPPING", silent))
                .parseCallback(signed))
        .isEqualTo(forged);
  }

  @Test
  void shouldTellWhichSecretIsNone() {
    StandardProvider odd = provider(Map.of("STANDARD_WEBHOOK_SECRET", "hunter2"));
    assertThatThrownBy(() -> odd.parseCallback(signed(new byte[0])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("STANDARD_WEBHOOK_SECRET must hold secrets")
        .hasMessageNotContaining("hunter2");
  }

  /** Whatever the bytes are, they have a place among the results. */
  @Test
  void shouldTakeAnyBytes() {
    Random random = new Random(7);
    byte[] whole = "{\"id\":\"p\",\"status\":\"processing\",\"progress\":1}".getBytes(UTF_8);
    for (int i = 0; i < 10_000; i++) {
      byte[] damaged = whole.clone();
      for (int flips = random.nextInt(8); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      assertThat(standard.parseCallback(signed(damaged)))
          .as(() -> HexFormat.of().formatHex(damaged))
          .isNotInstanceOf(Forged.class);
    }
  }

  private static Callback parse(StandardProvider provider, String text) {
    return provider.parseCallback(signed(Standards.json(text).getBytes(UTF_8)));
  }

  private static Inbound signed(byte[] body) {
    byte[] mac = Signatures.hmac(KEY, "msg_1.1750000000.".getBytes(UTF_8), body);
    return new Inbound(
        Map.of(
            "webhook-id", "msg_1",
            "webhook-timestamp", "1750000000",
            "webhook-signature", "v1," + Base64.getEncoder().encodeToString(mac)),
        body,
        AT);
  }

  private static StandardProvider provider(Map<String, String> settings) {
    return StandardProvider.from(StubProvider.settings(settings));
  }
}
