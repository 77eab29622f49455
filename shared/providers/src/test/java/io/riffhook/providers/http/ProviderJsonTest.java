package io.riffhook.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

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
}
