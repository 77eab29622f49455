package io.riffhook.local.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.simulator.Simulator;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A provider that takes a job, and whose answer to that never comes. */
final class LostAnswerIT {
  /**
   * After a lost answer, ten minutes are waited for callbacks of more songs: here twelve seconds.
   */
  private static final String SCALE = "0.02";

  @Test
  void shouldBuyOneSongFromTheProviderThatMayHaveMadeIt() throws Exception {
    try (Simulator first = Simulator.start(Rig.quick().create(c -> c.withDropFirst(1)), 0);
        Simulator second = Simulator.start(Rig.quick(), 0)) {
      Map<String, String> settings = new HashMap<>();
      settings.put("RIFFHOOK_PROVIDERS", "useapi,musicapi-producer");
      settings.put("USEAPI_BASE_URL", first.baseUrl());
      settings.put("USEAPI_TOKEN", first.token());
      settings.put("MUSICAPI_PRODUCER_BASE_URL", second.origin() + "/musicapi");
      settings.put("MUSICAPI_PRODUCER_TOKEN", second.token());
      settings.put(Rig.TIME_SCALE, SCALE);
      try (Rig rig = Rig.start(first, settings)) {
        JsonNode job =
            rig.awaitStatus(
                rig.submit("{\"prompt\": \"dropped\", \"formats\": [\"mp3\"]}"), "READY");

        assertThat(job.path("provider").asText()).isEqualTo("useapi");
        assertThat(job.path("songs")).hasSize(1);
        assertThat(job.path("songs").findValuesAsText("status")).containsOnly("stored");
        assertThat(rig.asked("POST", "/music/create-prompt")).hasSize(1);
        assertThat(second.requests()).isEmpty();
      }
    }
  }
}
