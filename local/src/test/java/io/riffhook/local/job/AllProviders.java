package io.riffhook.local.job;

import io.riffhook.simulator.Simulator;
import java.util.HashMap;
import java.util.Map;

/** Where the simulator plays each provider. */
final class AllProviders {
  /** The simulator's paths, by the prefix of the settings of the provider that is played there. */
  private static final Map<String, String> MOUNTS =
      Map.of(
          "USEAPI", "/v1/riffusion",
          "MUSICAPI", "/musicapi",
          "RIFFGATEWAY", "/riffgateway",
          "MUSICAPI_PRODUCER", "/musicapi",
          "FLOWMUSIC", "/v1/flowmusic",
          "MUREKA", "/v1/mureka",
          "STANDARD", "/standard");

  /** The secret that the simulated provider of Standard Webhooks signs with. */
  private static final String SIGNING_SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";

  private AllProviders() {}

  /** The settings of all providers. */
  static Map<String, String> at(Simulator simulator) {
    Map<String, String> settings = new HashMap<>();
    MOUNTS.forEach(
        (prefix, path) -> {
          settings.put(prefix + "_BASE_URL", simulator.origin() + path);
          settings.put(prefix + "_TOKEN", simulator.token());
        });
    settings.put("STANDARD_WEBHOOK_SECRET", SIGNING_SECRET);
    return settings;
  }
}
