package io.riffhook.providers;

import io.riffhook.domain.Provider;
import io.riffhook.domain.Providers;
import io.riffhook.domain.Settings;
import io.riffhook.providers.flowmusic.FlowmusicProvider;
import io.riffhook.providers.mureka.MurekaProvider;
import io.riffhook.providers.musicapi.MusicapiProvider;
import io.riffhook.providers.producer.ProducerProvider;
import io.riffhook.providers.riffgateway.RiffgatewayProvider;
import io.riffhook.providers.standard.StandardProvider;
import io.riffhook.providers.useapi.UseapiProvider;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Every provider that there is an adapter for, and those that {@code RIFFHOOK_PROVIDERS} lists. */
public final class ConfiguredProviders {
  /** The one that is used if {@code RIFFHOOK_PROVIDERS} names none. */
  public static final String DEFAULT = "flowmusic";

  /** Those whose vendors run them first; {@code useapi} was switched off by its vendor. */
  private static final List<String> NAMES =
      List.of(
          DEFAULT, "mureka", "musicapi-producer", "musicapi", "riffgateway", "useapi", "standard");

  private ConfiguredProviders() {}

  /**
   * The adapter for a provider, whether or not it is configured: one line each. No adapter's class
   * is loaded before it is built.
   */
  public static Optional<Provider> find(String name, Settings settings) {
    return Optional.ofNullable(
        switch (name) {
          case "useapi" -> UseapiProvider.from(settings);
          case "musicapi" -> MusicapiProvider.from(settings);
          case "riffgateway" -> RiffgatewayProvider.from(settings);
          case "musicapi-producer" -> ProducerProvider.from(settings);
          case "flowmusic" -> FlowmusicProvider.from(settings);
          case "mureka" -> MurekaProvider.from(settings);
          case "standard" -> StandardProvider.from(settings);
          default -> null;
        });
  }

  /** The names of all providers that there is an adapter for. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The settings under which every adapter calls one address, with no token of anybody's.
   *
   * @param url without a slash at its end
   */
  public static Map<String, String> allAt(String url) {
    Map<String, String> settings = new HashMap<>();
    for (String name : NAMES) {
      String prefix = name.toUpperCase(Locale.ROOT).replace('-', '_');
      settings.put(prefix + "_BASE_URL", url);
      settings.put(prefix + "_TOKEN", "no-token-of-anybodys");
    }
    return settings;
  }

  /** The providers that the setting lists, in its order. */
  public static Providers from(Settings settings) {
    String names = settings.fixed("RIFFHOOK_PROVIDERS").orElse(DEFAULT);
    return new Providers(
        Arrays.stream(names.split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .distinct()
            .map(name -> provider(name, settings))
            .toList());
  }

  private static Provider provider(String name, Settings settings) {
    return find(name, settings)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "RIFFHOOK_PROVIDERS names "
                        + name
                        + ", which is none of: "
                        + String.join(", ", NAMES)));
  }
}
