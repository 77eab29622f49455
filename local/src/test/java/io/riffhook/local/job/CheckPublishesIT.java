package io.riffhook.local.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.simulator.Simulator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The check function publishes the events of its own changes. */
final class CheckPublishesIT {
  /** The job's own next check is three minutes away, so no repair can publish the event. */
  private static final String FULL_WAITS = "1";

  @Test
  void shouldPublishTheEndThatOnlyACheckFoundAtOnce() throws Exception {
    Simulator provider =
        Simulator.start(
            Rig.quick()
                .callbacks(how -> how.withNever(true))
                .generation(how -> how.withFailing("thunder")),
            0);
    Map<String, String> settings = new HashMap<>();
    settings.put("RIFFHOOK_PROVIDERS", "useapi");
    settings.put("USEAPI_BASE_URL", provider.baseUrl());
    settings.put("USEAPI_TOKEN", provider.token());
    settings.put(Rig.TIME_SCALE, FULL_WAITS);
    try (Rig rig = Rig.start(provider, settings)) {
      String id = rig.submit("{\"prompt\": \"thunder\", \"formats\": [\"mp3\"]}");
      CompletableFuture<JsonNode> published =
          rig.nextEvent(
              event ->
                  event.at("/detail/data/job/id").asText().equals(id)
                      && event.path("detail-type").asText().equals("job.failed"));

      rig.checkUntil(id, "FAILED");

      assertThat(published.get(30, TimeUnit.SECONDS).at("/detail/data/job/status").asText())
          .isEqualTo("FAILED");
    }
  }
}
