package io.riffhook.local.job;

import io.riffhook.local.secrets.SecretServer;
import io.riffhook.providers.ConfiguredProviders;
import io.riffhook.providers.standard.StandardProvider;
import io.riffhook.simulator.Simulator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

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

  private static final String ARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:";
  private static final String MAPPING = "/riffhook/standard-mapping";

  /** The parameter that holds where providers reach the system. */
  static final String PUBLIC_URL = "/riffhook/local/public-url";

  private AllProviders() {}

  /** The settings of all providers, with their secrets as a deployment has them. */
  static Map<String, String> at(Simulator simulator, SecretServer secrets) throws IOException {
    Map<String, String> settings = new HashMap<>(secrets.environment());
    settings.put("RIFFHOOK_PROVIDERS", String.join(",", ConfiguredProviders.names()));
    MOUNTS.forEach(
        (prefix, path) -> {
          settings.put(prefix + "_BASE_URL", simulator.origin() + path);
          secret(prefix + "_TOKEN", simulator.token(), settings, secrets);
        });
    secret("STANDARD_WEBHOOK_SECRET", SIGNING_SECRET, settings, secrets);
    try (InputStream mapping = StandardProvider.class.getResourceAsStream("default-mapping.json")) {
      settings.put("STANDARD_MAPPING_PARAMETER", MAPPING);
      secrets.put(MAPPING, new String(mapping.readAllBytes(), StandardCharsets.UTF_8));
    }
    return settings;
  }

  /** The settings of the callbacks' secret and of the public URL, as a deployment has them. */
  static Map<String, String> ofCallbacks(String secret, SecretServer secrets) {
    Map<String, String> settings = new HashMap<>();
    settings.put("RIFFHOOK_CALLBACK_SECRETS", "");
    settings.put("RIFFHOOK_CALLBACK_SECRETS_ARN", ARN + "CallbackSecrets");
    secrets.put(ARN + "CallbackSecrets", secret);
    settings.put("RIFFHOOK_PUBLIC_URL", "");
    settings.put("RIFFHOOK_PUBLIC_URL_PARAMETER", PUBLIC_URL);
    return settings;
  }

  /** Names the ARN as the template's parameter for it: UseapiTokenArn, for instance. */
  private static void secret(
      String setting, String value, Map<String, String> settings, SecretServer secrets) {
    String arn =
        Arrays.stream((setting + "_ARN").split("_"))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining("", ARN, ""));
    settings.put(setting + "_ARN", arn);
    secrets.put(arn, value);
  }
}
