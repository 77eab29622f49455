package io.riffhook.local.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.simulator.Simulator;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A job whose provider takes no jobs ends on the next one, with one song bought. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FailoverIT {
  private Simulator second;
  private Rig rig;

  @BeforeAll
  void start() throws Exception {
    Simulator first = Simulator.start(Rig.quick(), 0);
    second = Simulator.start(Rig.quick(), 0);
    Map<String, String> providers = new HashMap<>();
    providers.put("RIFFHOOK_PROVIDERS", "useapi,musicapi-producer");
    providers.put("USEAPI_BASE_URL", first.baseUrl());
    providers.put("USEAPI_TOKEN", first.token());
    providers.put("MUSICAPI_PRODUCER_BASE_URL", second.origin() + "/musicapi");
    providers.put("MUSICAPI_PRODUCER_TOKEN", second.token());
    rig = Rig.start(first, providers);
  }

  @AfterAll
  void stop() {
    rig.close();
    second.close();
  }

  private static Arguments trouble(String name, UnaryOperator<SimulatorSettings> fault) {
    return Arguments.of(name, fault);
  }

  static Stream<Arguments> troubles() {
    return Stream.of(
        trouble("429", all -> all.create(c -> c.withTooManyRequestsFirst(1_000))),
        trouble("596", all -> all.faults(f -> f.withAccountError(true))),
        trouble("401", all -> all.faults(f -> f.withUnauthorized(true))),
        trouble("410", all -> all.faults(f -> f.withDecommissioned(true))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("troubles")
  void shouldEndOnTheSecondProviderWithOneSongBought(
      String name, UnaryOperator<SimulatorSettings> fault) throws Exception {
    rig.simulate(fault.apply(Rig.quick()));
    long before = creates();
    String prompt = "paper boats " + name;

    String id = rig.submit("{\"prompt\": \"" + prompt + "\", \"formats\": [\"m4a\"]}");
    JsonNode job = rig.awaitStatus(id, "READY");

    assertThat(job.path("provider").asText()).isEqualTo("musicapi-producer");
    assertThat(job.path("songs")).isNotEmpty();
    assertThat(creates() - before).isEqualTo(1);
  }

  @Test
  void shouldShowTheTroubleWhereProvidersAreListed() throws Exception {
    rig.simulate(Rig.quick().faults(f -> f.withAccountError(true)));
    String id = rig.submit("{\"prompt\": \"rain\", \"provider\": \"useapi\"}");
    assertThat(rig.job(id).path("status").asText()).isEqualTo("QUEUED");
    assertThat(rig.job(id).path("provider").asText()).isEqualTo("useapi");

    JsonNode useapi = Rig.json(rig.get("/v1/providers")).at("/providers/0");
    assertThat(useapi.path("name").asText()).isEqualTo("useapi");
    assertThat(useapi.at("/health/status").asText()).isEqualTo("trouble");
    assertThat(useapi.at("/health/reason/code").asText()).isEqualTo("account-needs-attention");
    rig.post("/v1/jobs/" + id + "/cancel", "");
  }

  /** How many songs the second provider was asked to make. */
  private long creates() {
    return second.requests().stream()
        .filter(r -> r.method().equals("POST") && r.path().endsWith("/producer/create"))
        .count();
  }
}
