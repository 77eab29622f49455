package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointIdTest {
  @Test
  void shouldKnowWhoseWebhookItIs() {
    JobId job = new JobId("job-1");
    assertThat(EndpointId.ofJob(job)).hasToString("job:job-1");
    assertThat(EndpointId.ofJob(job).job()).contains(job);
    assertThat(EndpointId.DEFAULT.job()).isEmpty();
    assertThat(EndpointId.generate(new SecureRandom()).job()).isEmpty();
  }

  @Test
  void shouldBeAnotherEachTime() {
    SecureRandom random = new SecureRandom();
    assertThat(EndpointId.generate(random)).isNotEqualTo(EndpointId.generate(random));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ep_", "Default", "ep_a#b", "ep_a b", "job:", "job:a/b", "ep_a\n"})
  void shouldRefuseAnythingElse(String text) {
    assertThat(EndpointId.isValid(text)).isFalse();
    assertThatThrownBy(() -> new EndpointId(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not an endpoint's id");
  }
}
