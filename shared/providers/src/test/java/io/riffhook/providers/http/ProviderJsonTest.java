package io.riffhook.providers.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What numbers look like that are sent. */
class ProviderJsonTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "30, 30",
    "-30, -30",
    "30.5, 30.5",
    "0.1, 0.1",
    "9007199254740991, 9007199254740991",
    "9007199254740992, 9.007199254740992E15",
    "1e300, 1.0E300"
  })
  void shouldSendWholeNumbersWithoutAFraction(double value, String json) {
    assertThat(ProviderJson.number(value)).hasToString(json);
  }

  @ParameterizedTest
  @CsvSource({
    "187.25, 187.25",
    "0.000001, 0.000001",
    "1e9, 1e9",
    "0,",
    "-1,",
    "1e-7,",
    "1e-200,",
    "1.1e9,",
    "1e126,",
    "1e400,",
    "'\"187\"',",
    "null,"
  })
  void shouldTakeNoNumberThatIsNoLength(String json, @Nullable Double seconds) throws Exception {
    JsonNode node = ProviderJson.read(("{\"d\": " + json + "}").getBytes(UTF_8));
    assertThat(ProviderJson.seconds(node, "d", 1))
        .isEqualTo(seconds == null ? OptionalDouble.empty() : OptionalDouble.of(seconds));
  }
}
