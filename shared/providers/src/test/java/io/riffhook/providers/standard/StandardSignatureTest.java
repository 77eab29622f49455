package io.riffhook.providers.standard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.Inbound;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is taken for the provider. The first vector is the one that the contract gives. */
class StandardSignatureTest {
  private static final String BODY =
      "{\"code\":200,\"data\":[],\"message\":\"success\","
          + "\"task_id\":\"11111111-2222-4333-8444-555555555555\",\"platform\":\"producer\","
          + "\"event\":\"song.completed\"}";
  private static final String SIGNATURE = "v1,bRmbZ/3FQpqDgW5dIUYgLJ4IgbD2be205VmluC6j6lI=";
  private static final String OTHER = "whsec_b3RoZXI=";
  private static final String TIME = "1750000000";
  private static final Instant AT = Instant.ofEpochSecond(1_750_000_000);
  private static final Optional<String> WRONG = Optional.of("its signature is wrong");
  private static final Optional<String> STALE =
      Optional.of("its webhook-timestamp is not a time within 300 seconds");

  private final StandardSignature signature = signature(Standards.SECRET);

  @Test
  void shouldTakeTheVectorOfTheContract() {
    assertThat(signature.fault(signed("msg_test1", TIME, SIGNATURE))).isEmpty();
  }

  @Test
  void shouldNotTakeABodyChangedByOneByte() {
    for (int i = 0; i < BODY.length(); i++) {
      byte[] changed = BODY.getBytes(UTF_8);
      changed[i] ^= 1;
      assertThat(signature.fault(new Inbound(headers("msg_test1", TIME, SIGNATURE), changed, AT)))
          .isEqualTo(WRONG);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, -1, 0, 1, 300})
  void shouldTakeATimeThatIsNear(long off) {
    assertThat(
            signature.fault(
                new Inbound(
                    headers("msg_test1", TIME, SIGNATURE),
                    BODY.getBytes(UTF_8),
                    AT.plusSeconds(off))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {-86_400, -301, 301, 86_400})
  void shouldNotTakeATimeThatIsFar(long off) {
    assertThat(
            signature.fault(
                new Inbound(
                    headers("msg_test1", TIME, SIGNATURE),
                    BODY.getBytes(UTF_8),
                    AT.plusSeconds(off))))
        .isEqualTo(STALE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "-1750000000", "1750000000.0", "99999999999999999999"})
  void shouldNotTakeATimeThatIsNone(String time) {
    assertThat(signature.fault(signed("msg_test1", time, SIGNATURE))).isEqualTo(STALE);
  }

  @Test
  void shouldNotTakeAnotherIdOrAMovedTime() {
    assertThat(signature.fault(signed("msg_test2", TIME, SIGNATURE))).isEqualTo(WRONG);
    assertThat(signature.fault(signed("msg_test1", "1750000001", SIGNATURE))).isEqualTo(WRONG);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v1,bRmbZ/3FQpqDgW5dIUYgLJ4IgbD2be205VmluC6j6lI= v1,AAAA",
        "v1,AAAA v1,bRmbZ/3FQpqDgW5dIUYgLJ4IgbD2be205VmluC6j6lI=",
        "v1a,AAAA v2,BBBB v1,bRmbZ/3FQpqDgW5dIUYgLJ4IgbD2be205VmluC6j6lI= v1,CCCC",
        "v1,AAAA  v1,bRmbZ/3FQpqDgW5dIUYgLJ4IgbD2be205VmluC6j6lI="
      })
  void shouldTakeOneOfSeveralSignatures(String signatures) {
    assertThat(signature.fault(signed("msg_test1", TIME, signatures))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "v1",
        "v1,",
        "v1,AAAA v1,BBBB",
        "bRmbZ/3FQpqDgW5dIUYgLJ4IgbD2be205VmluC6j6lI=",
        "v2,bRmbZ/3FQpqDgW5dIUYgLJ4IgbD2be205VmluC6j6lI=",
        "v1a,bRmbZ/3FQpqDgW5dIUYgLJ4IgbD2be205VmluC6j6lI=",
        "V1,bRmbZ/3FQpqDgW5dIUYgLJ4IgbD2be205VmluC6j6lI=",
        "v1,bRmbZ/3FQpqDgW5dIUYgLJ4IgbD2be205VmluC6j6lI",
        "v1,bRmbZ/3FQpqDgW5dIUYgLJ4IgbD2be205VmluC6j6lJ=",
        "v1,brmbZ/3FQpqDgW5dIUYgLJ4IgbD2be205VmluC6j6lI="
      })
  void shouldNotTakeAnotherSignature(String signatures) {
    assertThat(signature.fault(signed("msg_test1", TIME, signatures))).isEqualTo(WRONG);
  }

  @Test
  void shouldTakeAnySecretWhileTheyAreRotated() {
    Inbound inbound = signed("msg_test1", TIME, SIGNATURE);
    assertThat(signature(OTHER + ", " + Standards.SECRET).fault(inbound)).isEmpty();
    assertThat(signature(Standards.SECRET + "," + OTHER).fault(inbound)).isEmpty();
    assertThat(signature(OTHER).fault(inbound)).isEqualTo(WRONG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
  void shouldNotTakeOneWithoutItsHeaders(String missing) {
    Map<String, String> headers = new HashMap<>(headers("msg_test1", TIME, SIGNATURE));
    headers.remove(missing);
    assertThat(signature.fault(new Inbound(headers, BODY.getBytes(UTF_8), AT)))
        .contains("it has no " + missing);
  }

  @Test
  void shouldNotTakeAnEmptyId() {
    assertThat(signature.fault(signed("", TIME, SIGNATURE))).contains("it has no webhook-id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "whsec_", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3", "whsec_*", "WHSEC_AAAA",
        "whsec_b3RoZXI=,", "whsec_b3RoZXI=,,AAAA", ",whsec_b3RoZXI=", "whsec_b3RoZXI=,x",
            "whsec_b3RoZXI= whsec_b3RoZXI="
      })
  void shouldRefuseWhatIsNoSecretWithoutTellingIt(String value) {
    assertThatThrownBy(() -> StandardSignature.keys("STANDARD_WEBHOOK_SECRET", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessage(
            "STANDARD_WEBHOOK_SECRET must hold secrets of the form whsec_ and Base64, separated by"
                + " commas");
  }

  @Test
  void shouldDecodeTheSecrets() {
    List<byte[]> keys = StandardSignature.keys("S", Standards.SECRET + " , " + OTHER);
    assertThat(keys)
        .containsExactly("0123456789abcdef01234567".getBytes(UTF_8), "other".getBytes(UTF_8));
  }

  private static StandardSignature signature(String secrets) {
    return new StandardSignature(() -> StandardSignature.keys("S", secrets));
  }

  private static Inbound signed(String id, String time, String signature) {
    return new Inbound(headers(id, time, signature), BODY.getBytes(UTF_8), AT);
  }

  private static Map<String, String> headers(String id, String time, String signature) {
    return Map.of("webhook-id", id, "webhook-timestamp", time, "webhook-signature", signature);
  }
}
