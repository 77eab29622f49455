package io.riffhook.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EmbeddedMetricTest {
  /** Written by hand, from the example in the format's specification. */
  private static final String LINE =
      """
      {"_aws": {"Timestamp": 1795228222123,
                "CloudWatchMetrics": [{"Namespace": "Riffhook",
                                       "Dimensions": [["Service"]],
                                       "Metrics": [{"Name": "JobSubmitted", "Unit": "Count"}]}]},
       "Service": "submit",
       "JobSubmitted": 1}\
      """;

  @Test
  void shouldBeOneLineOfTheEmbeddedMetricFormat() throws Exception {
    String line =
        new EmbeddedMetric("Riffhook", "submit", "JobSubmitted")
            .line(Instant.ofEpochMilli(1_795_228_222_123L));

    assertThat(line).doesNotContain("\n");
    JsonMapper json = new JsonMapper();
    assertThat(json.readTree(line)).isEqualTo(json.readTree(LINE));
  }
}
