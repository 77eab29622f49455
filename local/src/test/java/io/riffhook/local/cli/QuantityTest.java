package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "999949, 999.9 kB",
    "999950, 1.0 MB",
    "1073741824, 1.1 GB"
  })
  void shouldWriteSizes(long bytes, String expected) {
    assertThat(Quantity.bytes(bytes)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 0:00", "59.6, 1:00", "187.2, 3:07", "3725, 62:05"})
  void shouldWriteLengths(double seconds, String expected) {
    assertThat(Quantity.length(seconds)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"PT-5S, 0 s", "PT59S, 59 s", "PT61S, 1 min", "PT23H59M, 23 h", "PT49H, 2 d"})
  void shouldWriteAges(Duration age, String expected) {
    assertThat(Quantity.age(age)).isEqualTo(expected);
  }
}
