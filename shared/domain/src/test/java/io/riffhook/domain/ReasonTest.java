package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReasonTest {

  @Test
  void shouldKeepADetailThatFits() {
    assertThat(new Reason("code", "d".repeat(500)).detail()).isEqualTo("d".repeat(500));
  }

  @Test
  void shouldCutADetailOfAProviderThatDoesNotStop() {
    assertThat(new Reason("code", "d".repeat(1_000_000)).detail()).isEqualTo("d".repeat(499) + "…");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void shouldNeverCutACharacterInTwo(int before) {
    // A lone half of a pair cannot be written as JSON: no call could show the job any more.
    String detail = new Reason("code", "x".repeat(before) + "🎵".repeat(400)).detail();
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(detail)).isTrue();
    assertThat(detail).hasSizeBetween(499, 500).endsWith("🎵…");
    assertThat(IntStream.range(0, before).mapToObj(detail::charAt)).allMatch(c -> c == 'x');
  }
}
