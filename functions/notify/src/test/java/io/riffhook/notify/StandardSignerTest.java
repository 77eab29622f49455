package io.riffhook.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures, to the byte; the libraries that verify them are in {@link SignedWebhooksTest}. */
class StandardSignerTest {
  private final StandardSigner signer = new StandardSigner();

  /** The specification's own example. */
  @Test
  void shouldSignAsTheSpecificationSays() {
    String signature =
        signer.sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            Instant.ofEpochSecond(1_614_265_330),
            "{\"test\": 2432232314}");

    assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsec_", "whsec_no base64 at all!"})
  void shouldNotSayWhichSecretCannotSign(String secret) {
    assertThatThrownBy(() -> signer.sign(secret, "evt_1", Instant.EPOCH, "{}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an endpoint's secret cannot sign")
        .hasNoCause();
  }
}
