package io.riffhook.providers.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.Inbound;
import io.riffhook.providers.producer.ProducerSignature.Scheme;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is taken for the provider. The first vectors are those that the contract gives. */
class ProducerSignatureTest {
  private static final String BODY =
      "{\"code\":200,\"data\":[],\"message\":\"success\","
          + "\"task_id\":\"11111111-2222-4333-8444-555555555555\",\"platform\":\"producer\","
          + "\"event\":\"song.completed\"}";
  private static final String TIME = "1750000000";
  private static final Instant AT = Instant.ofEpochSecond(1_750_000_000);
  private static final String NEW =
      "sha256=ae0eb77ba65f55cf5b5dd86f2e882a04c8fd28e36356b2bec9abfc68c1ab06c7";
  private static final String OLD =
      "d8e4d9251832a410f3b64683e2a366e7d2f45c09a753fabab9505b4d1af30653";
  private static final Optional<String> WRONG = Optional.of("its signature is wrong");
  private static final Optional<String> STALE =
      Optional.of("its X-Webhook-Timestamp is not a time within 300 seconds");

  private final ProducerSignature timestamped = signature(Scheme.TIMESTAMPED, "test-secret");
  private final ProducerSignature body = signature(Scheme.BODY, "test-secret");

  @Test
  void shouldTakeTheVectorOfTheContract() {
    assertThat(timestamped.fault(signed(TIME, NEW, BODY, AT))).isEmpty();
  }

  @Test
  void shouldTakeTheOlderVectorOfTheContract() {
    assertThat(body.fault(old(OLD, BODY))).isEmpty();
  }

  @Test
  void shouldNotTakeABodyChangedByOneByte() {
    for (int i = 0; i < BODY.length(); i++) {
      byte[] changed = BODY.getBytes(UTF_8);
      changed[i] ^= 1;
      Map<String, String> headers =
          Map.of("x-webhook-timestamp", TIME, "x-webhook-signature", NEW, "x-signature", OLD);
      assertThat(timestamped.fault(new Inbound(headers, changed, AT))).isEqualTo(WRONG);
      assertThat(body.fault(new Inbound(headers, changed, AT))).isEqualTo(WRONG);
    }
    assertThat(timestamped.fault(signed(TIME, NEW, BODY + " ", AT))).isEqualTo(WRONG);
    assertThat(body.fault(old(OLD, ""))).isEqualTo(WRONG);
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, -299, -1, 0, 1, 299, 300})
  void shouldTakeATimeThatIsNear(long off) {
    assertThat(timestamped.fault(signed(TIME, NEW, BODY, AT.plusSeconds(off)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {-86_400, -301, 301, 86_400})
  void shouldNotTakeATimeThatIsFar(long off) {
    assertThat(timestamped.fault(signed(TIME, NEW, BODY, AT.plusSeconds(off)))).isEqualTo(STALE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "now",
        "-1750000000",
        "+1750000000",
        " 1750000000",
        "1750000000 ",
        "1750000000.0",
        "1.75e9",
        "9999999999999999",
        "99999999999999999999999999",
        "١٧٥٠٠٠٠٠٠٠"
      })
  void shouldNotTakeATimeThatIsNone(String time) {
    assertThat(timestamped.fault(signed(time, NEW, BODY, AT))).isEqualTo(STALE);
  }

  /** The time is signed too: one that was moved along with the body's replay is no good. */
  @Test
  void shouldNotTakeAMovedTime() {
    assertThat(timestamped.fault(signed("1750000001", NEW, BODY, AT))).isEqualTo(WRONG);
    assertThat(timestamped.fault(signed("01750000000", NEW, BODY, AT))).isEqualTo(WRONG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256=",
        "ae0eb77ba65f55cf5b5dd86f2e882a04c8fd28e36356b2bec9abfc68c1ab06c7",
        "sha256=ae0eb77ba65f55cf5b5dd86f2e882a04c8fd28e36356b2bec9abfc68c1ab06c8",
        "sha256=ae0eb77ba65f55cf5b5dd86f2e882a04c8fd28e36356b2bec9abfc68c1ab06",
        "sha256=ae0eb77ba65f55cf5b5dd86f2e882a04c8fd28e36356b2bec9abfc68c1ab06c7c7",
        "sha1=ae0eb77ba65f55cf5b5dd86f2e882a04c8fd28e36356b2bec9abfc68c1ab06c7",
        "d8e4d9251832a410f3b64683e2a366e7d2f45c09a753fabab9505b4d1af30653"
      })
  void shouldNotTakeAnotherSignature(String signature) {
    assertThat(timestamped.fault(signed(TIME, signature, BODY, AT))).isEqualTo(WRONG);
    if (!signature.equals(OLD)) {
      assertThat(body.fault(old(signature, BODY))).isEqualTo(WRONG);
    }
  }

  @Test
  void shouldNotTakeAnotherSecret() {
    for (String secret : List.of("test-secreT", "test-secre", "test-secret2", " ")) {
      assertThat(signature(Scheme.TIMESTAMPED, secret).fault(signed(TIME, NEW, BODY, AT)))
          .isEqualTo(WRONG);
      assertThat(signature(Scheme.BODY, secret).fault(old(OLD, BODY))).isEqualTo(WRONG);
    }
  }

  @Test
  void shouldTakeAnySecretWhileTheyAreRotated() {
    for (List<String> secrets :
        List.of(
            List.of("newest", "test-secret"),
            List.of("test-secret", "oldest"),
            List.of("newest", "test-secret", "oldest"))) {
      String[] all = secrets.toArray(String[]::new);
      assertThat(signature(Scheme.TIMESTAMPED, all).fault(signed(TIME, NEW, BODY, AT))).isEmpty();
      assertThat(signature(Scheme.BODY, all).fault(old(OLD, BODY))).isEmpty();
    }
    assertThat(signature(Scheme.BODY, "newest", "oldest").fault(old(OLD, BODY))).isEqualTo(WRONG);
  }

  @ParameterizedTest
  @CsvSource({
    "x-webhook-timestamp, it has no X-Webhook-Timestamp",
    "x-webhook-signature, it has no X-Webhook-Signature"
  })
  void shouldNotTakeOneWithoutItsHeaders(String missing, String fault) {
    Map<String, String> headers =
        new HashMap<>(Map.of("x-webhook-timestamp", TIME, "x-webhook-signature", NEW));
    headers.remove(missing);
    assertThat(timestamped.fault(new Inbound(headers, BODY.getBytes(UTF_8), AT))).contains(fault);
  }

  @Test
  void shouldNotTakeTheHeadersOfTheOtherScheme() {
    assertThat(timestamped.fault(old(OLD, BODY))).contains("it has no X-Webhook-Timestamp");
    assertThat(body.fault(signed(TIME, NEW, BODY, AT))).contains("it has no X-Signature");
    assertThat(body.fault(new Inbound(Map.of(), new byte[0], AT)))
        .contains("it has no X-Signature");
  }

  @Test
  void shouldAskForNoneWhereNoneIsSet() {
    assertThat(signature(Scheme.NONE).fault(new Inbound(Map.of(), new byte[0], AT))).isEmpty();
  }

  private static ProducerSignature signature(Scheme scheme, String... secrets) {
    return new ProducerSignature(scheme, () -> List.of(secrets));
  }

  private static Inbound signed(String time, String signature, String body, Instant at) {
    return new Inbound(
        Map.of("x-webhook-timestamp", time, "x-webhook-signature", signature),
        body.getBytes(UTF_8),
        at);
  }

  private static Inbound old(String signature, String body) {
    return new Inbound(Map.of("x-signature", signature), body.getBytes(UTF_8), AT);
  }
}
