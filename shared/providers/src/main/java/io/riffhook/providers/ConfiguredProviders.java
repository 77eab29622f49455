package io.riffhook.providers;

import io.riffhook.domain.Provider;
import io.riffhook.domain.Providers;
import io.riffhook.domain.Settings;
import io.riffhook.providers.useapi.UseapiProvider;
import java.util.Arrays;
import java.util.List;

/** The providers that {@code RIFFHOOK_PROVIDERS} lists, in its order. */
public final class ConfiguredProviders {
  private ConfiguredProviders() {}

  /** Reads the setting, and builds an adapter for each name. */
  public static Providers from(Settings settings) {
    String names = settings.find("RIFFHOOK_PROVIDERS").orElse(UseapiProvider.NAME);
    List<Provider> providers =
        Arrays.stream(names.split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .map(name -> provider(name, settings))
            .toList();
    return new Providers(providers);
  }

  private static Provider provider(String name, Settings settings) {
    return switch (name) {
      case UseapiProvider.NAME -> UseapiProvider.from(settings);
      default ->
          throw new IllegalArgumentException(
              "RIFFHOOK_PROVIDERS names " + name + ", which is none of: " + UseapiProvider.NAME);
    };
  }
}
